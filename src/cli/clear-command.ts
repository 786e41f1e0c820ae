import { createInterface } from 'node:readline/promises';
import type { Command } from 'commander';
import { formatByteSize } from '../bench/byte-size.js';
import { displayKey, OffloopError } from '../errors.js';
import { allMasters } from '../redis/client.js';
import { escapeGlob } from '../redis/scan.js';
import type { CommandContext } from './program.js';
import { startProgress } from './progress.js';
import { addRedisFlags, type OpenRedis, type RedisFlags, withRedis } from './redis-session.js';

interface ClearFlags extends RedisFlags {
  readonly dryRun?: boolean;
  readonly yes?: boolean;
  readonly json?: boolean;
}

/** What a clear would remove. */
interface Found {
  readonly keys: number;
  /** Of the values of those that were looked at. */
  readonly bytes: number;
  readonly sized: number;
  readonly examples: readonly string[];
}

const SCAN_COUNT = 1_000;
/** Sizes are asked of so many keys; beyond, the total is an estimate. */
const SIZED = 10_000;
const EXAMPLES = 5;

/** `offloop clear`: the keys under a prefix. */
export function addClear(program: Command, context: CommandContext): void {
  addRedisFlags(
    program
      .command('clear <prefix>')
      .description('remove every key that begins with a prefix, with SCAN and UNLINK'),
    { canSpawn: false },
  )
    .option('--dry-run', 'only say how many keys and bytes that would be, with examples')
    .option('--yes', 'do not ask')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExamples:\n  offloop clear tenant_a: --dry-run\n  offloop clear tenant_a: --yes')
    .action((prefix: string, flags: ClearFlags) => runClear(prefix, { flags, context }));
}

async function runClear(
  prefix: string,
  { flags, context }: { readonly flags: ClearFlags; readonly context: CommandContext },
): Promise<void> {
  if (prefix === '')
    throw new OffloopError('ERR_KEY', 'clear needs a prefix: an empty one would be the whole database');
  const tell = (text: string): void => void (flags.json ? undefined : process.stdout.write(`${text}\n`));
  await withRedis(flags, async (redis) => {
    const found = await look(redis, { prefix: redis.options.keyPrefix + prefix, signal: context.signal });
    const bytes = found.sized === 0 ? 0 : (found.bytes / found.sized) * found.keys;
    const about =
      found.sized < found.keys
        ? `about ${formatByteSize(bytes)}, by ${found.sized} of them`
        : formatByteSize(bytes);
    tell(`${found.keys.toLocaleString('en-US')} keys, ${about}`);
    for (const example of found.examples) tell(`  ${example}`);
    const counted = { keys: found.keys, bytes: Math.round(bytes), examples: found.examples };
    if (flags.dryRun || found.keys === 0) {
      if (flags.json) process.stdout.write(`${JSON.stringify({ ...counted, removed: 0 })}\n`);
      return;
    }
    await confirm(flags, context.signal);
    const progress = startProgress('keys', found.keys);
    try {
      const removed = await redis.cache.withPrefix(prefix).clear({
        signal: context.signal,
        onProgress: ({ removed: done }) => progress.update(done, ''),
      });
      tell(`${removed.toLocaleString('en-US')} keys removed`);
      if (flags.json) process.stdout.write(`${JSON.stringify({ ...counted, removed })}\n`);
    } catch (error) {
      throw context.signal.aborted ? context.signal.reason : error;
    } finally {
      progress.stop();
    }
  });
}

async function look(
  { client, reply }: OpenRedis,
  { prefix, signal }: { readonly prefix: string; readonly signal: AbortSignal },
): Promise<Found> {
  const found = { keys: 0, bytes: 0, sized: 0, examples: [] as string[] };
  for (const master of allMasters(client)) {
    let cursor = '0';
    do {
      signal.throwIfAborted();
      const [next, keys] = await reply(
        'SCAN',
        master.scan(cursor, 'MATCH', `${escapeGlob(prefix)}*`, 'COUNT', SCAN_COUNT),
      );
      cursor = next;
      found.keys += keys.length;
      const sized = keys.slice(0, Math.max(0, SIZED - found.sized));
      for (const bytes of await Promise.all(
        sized.map((key) => reply('MEMORY', master.memory('USAGE', key))),
      )) {
        found.bytes += bytes ?? 0;
      }
      found.sized += sized.length;
      found.examples.push(...keys.slice(0, EXAMPLES - found.examples.length).map(displayKey));
    } while (cursor !== '0');
  }
  return found;
}

async function confirm({ yes }: ClearFlags, signal: AbortSignal): Promise<void> {
  if (yes) return;
  if (!process.stdin.isTTY) {
    throw new OffloopError(
      'ERR_OPTION',
      'clear asks before it removes, and there is no terminal to ask on: add --yes',
    );
  }
  const asking = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await asking.question('Remove them? [y/N] ', { signal });
    if (!/^y(es)?$/i.test(answer.trim()))
      throw new OffloopError('ERR_OPTION', 'not confirmed; nothing was removed');
  } finally {
    asking.close();
  }
}
