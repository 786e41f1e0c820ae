import { Random } from './random.js';
const WORDS = [
    'account',
    'river',
    'signal',
    'paper',
    'winter',
    'engine',
    'market',
    'yellow',
    'copper',
    'window',
    'service',
    'morning',
    'garden',
    'letter',
    'bridge',
    'silver',
    'number',
    'harbor',
    'of',
    'the',
    'and',
    'to',
    'in',
    'with',
];
const UNICODE_WORDS = [
    'grüße',
    'naïve',
    'žluťoučký',
    'λόγος',
    'привет',
    'мир',
    'שלום',
    'مرحبا',
    'नमस्ते',
    '你好',
    '世界',
    'こんにちは',
    '안녕',
    '🙂',
    '👩‍👩‍👧',
    '🇺🇳',
    'café',
    'smörgås',
    'ﬁn',
    '𝒳',
];
const ROLES = ['system', 'user', 'assistant', 'tool'];
const STATES = ['new', 'open', 'held', 'done'];
const DEFAULT_SEED = 20260101;
/** Every generated corpus by name. Sizes are those of the JSON text; of binary data, the bytes themselves. */
export const CORPORA = {
    records: { name: 'records', generate: (bytes, seed) => grow({ bytes, seed, item: record }) },
    deep: {
        name: 'deep dictionaries',
        generate: (bytes, seed) => deepDictionary(bytes, new Random(seed ?? DEFAULT_SEED)),
    },
    text: {
        name: 'long text',
        generate: (bytes, seed) => prose({ bytes, list: WORDS, random: new Random(seed ?? DEFAULT_SEED) }),
    },
    unicode: {
        name: 'unicode text',
        generate: (bytes, seed) => prose({ bytes, list: UNICODE_WORDS, random: new Random(seed ?? DEFAULT_SEED) }),
    },
    numbers: { name: 'numbers', generate: (bytes, seed) => grow({ bytes, seed, item: number }) },
    float32: {
        name: 'Float32Array',
        generate: (bytes, seed) => floats(bytes, new Random(seed ?? DEFAULT_SEED)),
    },
    buffer: { name: 'Buffer', generate: (bytes, seed) => noise(bytes, new Random(seed ?? DEFAULT_SEED)) },
    chat: { name: 'chat messages', generate: (bytes, seed) => grow({ bytes, seed, item: message }) },
};
/** The value that most scenarios carry: an array of records of 20 mixed fields. */
export function records(bytes, seed) {
    return CORPORA.records.generate(bytes, seed);
}
function grow({ bytes, seed, item }) {
    const random = new Random(seed ?? DEFAULT_SEED);
    const list = [];
    for (let size = 1;;) {
        const next = item(random, list.length);
        const length = Buffer.byteLength(JSON.stringify(next)) + 1;
        // To the nearest: a small list of large items would else be far over.
        if (list.length > 0 && size + length / 2 > bytes)
            break;
        list.push(next);
        size += length;
    }
    // Through JSON text once: what the generator's concatenations left behind is not what a service holds.
    return JSON.parse(JSON.stringify(list));
}
function record(random, index) {
    return {
        id: index + 1,
        uuid: hex(random, 32),
        name: `${random.pick(WORDS)} ${random.pick(WORDS)}`,
        email: `${random.pick(WORDS)}.${random.below(9999)}@example.com`,
        state: random.pick(STATES),
        active: random.next() < 0.7,
        verified: random.next() < 0.5,
        score: random.next() * 100,
        balance: Math.round(random.next() * 1e6) / 100,
        visits: random.below(10_000),
        rank: random.below(100),
        latitude: random.next() * 180 - 90,
        longitude: random.next() * 360 - 180,
        created: new Date(1.6e12 + random.below(1e11)).toISOString(),
        updated: 1.7e12 + random.below(1e10),
        parent: random.next() < 0.3 ? null : random.below(1e6),
        city: random.next() < 0.1 ? random.pick(UNICODE_WORDS) : random.pick(WORDS),
        note: words(random, { list: WORDS, count: 8 }),
        tags: [random.pick(WORDS), random.pick(WORDS)],
        limits: { soft: random.below(100), hard: 100 + random.below(100) },
    };
}
function number(random) {
    return random.next() < 0.5 ? random.below(1e6) : random.next() * 1e4;
}
function message(random, index) {
    const role = ROLES[index === 0 ? 0 : 1 + (index % 3)] ?? 'user';
    return {
        id: `msg_${hex(random, 16)}`,
        role,
        content: words(random, {
            list: random.next() < 0.15 ? UNICODE_WORDS : WORDS,
            count: 20 + random.below(200),
        }),
        created: 1.7e9 + index * 30,
        ...(role === 'tool'
            ? {
                call: `call_${hex(random, 12)}`,
                arguments: { query: words(random, { list: WORDS, count: 4 }), limit: 10 },
            }
            : {}),
    };
}
/** Documents of many key sets: what a schema registry, a translation file or a feature table looks like. */
function deepDictionary(bytes, random) {
    const root = {};
    for (let size = 2, index = 0; size < bytes; index += 1) {
        const key = `${random.pick(WORDS)}_${index}`;
        const branch = dictionary(random, 4);
        root[key] = branch;
        size += JSON.stringify(branch).length + key.length + 4;
    }
    return JSON.parse(JSON.stringify(root));
}
function dictionary(random, depth) {
    const node = {};
    const children = 2 + random.below(4);
    for (let child = 0; child < children; child += 1) {
        const key = `${random.pick(WORDS)}${random.below(40)}`;
        node[key] = depth > 0 && random.next() < 0.6 ? dictionary(random, depth - 1) : leaf(random);
    }
    return node;
}
function leaf(random) {
    const kind = random.below(5);
    if (kind === 0)
        return random.next() < 0.5;
    if (kind === 1)
        return random.below(100);
    if (kind === 2)
        return null;
    return words(random, { list: WORDS, count: 1 + random.below(4) });
}
function prose({ bytes, list, random }) {
    const parts = [];
    for (let size = 0; size < bytes;) {
        const word = `${random.pick(list)} `;
        parts.push(word);
        size += Buffer.byteLength(word);
    }
    return Buffer.from(parts.join('')).toString();
}
function floats(bytes, random) {
    return Float32Array.from({ length: Math.ceil(bytes / 4) }, () => random.next() * 2 - 1);
}
function noise(bytes, random) {
    const buffer = Buffer.alloc(bytes);
    for (let at = 0; at < bytes; at += 1)
        buffer[at] = random.below(256);
    return buffer;
}
function words(random, { list, count }) {
    return Array.from({ length: count }, () => random.pick(list)).join(' ');
}
function hex(random, length) {
    return Array.from({ length }, () => random.below(16).toString(16)).join('');
}
