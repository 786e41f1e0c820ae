import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { CacheKeyBuilder } from '../../dist/manager/key-builder.js';

const COUNT = 10_000;

/**
 * Random content, and the key that it has in Python. Integers are those that a JavaScript number holds, and floats those
 * that no int is equal to: 1.0 is what JavaScript cannot tell from 1. Objects come as lists of pairs, since `JSON.parse` of Node 24
 * takes an escaped key for another one that it has seen.
 */
const PROGRAM = `
import hashlib, json, random, struct, sys
seed, count = int(sys.argv[1]), int(sys.argv[2])
random.seed(seed)
SPECIAL = ['', 'é', '😀', '\\uffff', '\\x7f', '\\x00', '"', '\\\\', '/', '\\n', '\\u2028', 'a' * 300, 'ß中']
def text():
    kind = random.random()
    if kind < 0.4: return ''.join(chr(random.randrange(32, 127)) for _ in range(random.randrange(12)))
    if kind < 0.7: return random.choice(SPECIAL) + random.choice(SPECIAL)
    points = (random.choice([random.randrange(0, 0xd800), random.randrange(0xe000, 0x110000)]) for _ in range(random.randrange(8)))
    return ''.join(map(chr, points))
def number():
    kind = random.random()
    if kind < 0.3: return random.randrange(-1000, 1000)
    if kind < 0.5: return random.randrange(-2**53 + 1, 2**53)
    while True:
        if kind < 0.7: value = random.uniform(-1000, 1000)
        elif kind < 0.85: value = random.random() * 10.0 ** random.randrange(-320, 308)
        else: value = struct.unpack('<d', random.randbytes(8))[0]
        if value == value and abs(value) != float('inf') and (value != int(value) or abs(value) >= 1e21): return value
def value(depth):
    kind = random.random()
    if depth > 4 or kind < 0.25: return text()
    if kind < 0.5: return number()
    if kind < 0.6: return random.choice([None, True, False])
    if kind < 0.8: return [value(depth + 1) for _ in range(random.randrange(5))]
    return {text(): value(depth + 1) for _ in range(random.randrange(6))}
def sent(value):
    if isinstance(value, list): return ['list', *map(sent, value)]
    if isinstance(value, dict): return ['dict', *([key, sent(part)] for key, part in value.items())]
    return value
PREFIXES = {'embedding': 'embed', 'retrieval': 'retrieval', 'context': 'ctx', 'response': 'resp'}
for _ in range(count):
    kind = random.choice([*PREFIXES, 'custom'])
    algorithm = random.choice(['sha256', 'md5'])
    content = value(0)
    extra = random.choice([None, {}, {text(): value(2) for _ in range(3)}])
    material = {'content': content, 'extra': extra} if extra else {'content': content}
    digest = hashlib.new(algorithm, json.dumps(material, sort_keys=True, ensure_ascii=True).encode()).hexdigest()[:16]
    print(json.dumps([kind, algorithm, sent(content), sent(extra), 'py:' + PREFIXES.get(kind, kind) + ':' + digest]))
`;

/** What Python's `sent` was given. */
function received(part: unknown): unknown {
  if (!Array.isArray(part)) return part;
  const [kind, ...parts] = part as [string, ...unknown[]];
  if (kind === 'list') return parts.map(received);
  return Object.fromEntries((parts as [string, unknown][]).map(([key, value]) => [key, received(value)]));
}

const python = spawnSync('python3', ['--version'], { encoding: 'utf8' });
const missing = python.status === 0 ? '' : ' (skipped: there is no python3 on the PATH)';

describe.skipIf(missing !== '')(`keys beside json.dumps of Python${missing}`, () => {
  const seed = Math.floor(Math.random() * 2 ** 31);

  it(`${COUNT} random contents have the keys that Python makes, seed ${seed}`, async () => {
    const { stdout, stderr, status } = spawnSync('python3', ['-c', PROGRAM, `${seed}`, `${COUNT}`], {
      encoding: 'utf8',
      maxBuffer: 512 * 1024 * 1024,
      env: { ...process.env, PYTHONHASHSEED: '0', PYTHONIOENCODING: 'utf-8' },
    });
    expect(status, stderr).toBe(0);
    const lines = stdout.trim().split('\n');
    expect(lines.length).toBe(COUNT);
    const builders = {
      sha256: new CacheKeyBuilder({ namespace: 'py' }),
      md5: new CacheKeyBuilder({ namespace: 'py', algorithm: 'md5' }),
    };
    for (const line of lines) {
      const [type, algorithm, ...parts] = JSON.parse(line) as [
        string,
        'sha256' | 'md5',
        unknown,
        unknown,
        string,
      ];
      const content = received(parts[0]);
      const extra = received(parts[1]) as Record<string, unknown> | null;
      const key = parts[2];
      const builder = builders[algorithm];
      expect(builder.build(type, content, extra ?? undefined), line).toBe(key);
      expect(await builder.buildAsync(type, content, extra ?? undefined), line).toBe(key);
    }
  });
});
