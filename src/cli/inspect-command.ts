import { inspect } from 'node:util';
import type { Command } from 'commander';
import { formatByteSize } from '../bench/byte-size.js';
import { compressionName } from '../codec/compression.js';
import { displayKey, OffloopError } from '../errors.js';
import { frameLength, HEADER_BYTES, readHeader } from '../frame/frame.js';
import { readNote } from '../frame/note.js';
import { readSealBlock } from '../frame/seal-block.js';
import { readTable } from '../frame/segments.js';
import { UNREADABLE } from '../redis/read-report.js';
import { EXIT } from './failure.js';
import type { CommandContext } from './program.js';
import { addRedisFlags, type OpenRedis, type RedisFlags, withRedis } from './redis-session.js';

interface InspectFlags extends RedisFlags {
  readonly preview?: string | true;
  readonly verify?: boolean;
  readonly json?: boolean;
}

const SEALED_AS = { encryption: 'encrypted', integrity: 'signed (not encrypted)' } as const;
const PREVIEW_CHARACTERS = 200;
const MAX_PREVIEW = 10_000;

/** `offloop inspect`: what is stored under a key, without its content unless that is asked for. */
export function addInspect(program: Command, context: CommandContext): void {
  addRedisFlags(
    program
      .command('inspect <key>')
      .description('frame, codec, compression, sizes, segments and TTL of a stored value'),
    { canSpawn: false },
  )
    .option('--verify', 'read the whole value, and check it')
    .option('--preview [characters]', `show the beginning of the value (default: ${PREVIEW_CHARACTERS})`)
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nThe key is the whole key; a keyPrefix that is configured stands before it.\n\nExample:\n  offloop inspect myapp:user:42 --preview 80',
    )
    .action((key: string, flags: InspectFlags) => runInspect(key, flags, context));
}

async function runInspect(key: string, flags: InspectFlags, context: CommandContext): Promise<void> {
  const characters = previewOf(flags.preview);
  let fault: OffloopError | undefined;
  const facts = await withRedis(flags, async (redis) => {
    const head = await headOf(redis, key);
    const read = flags.verify || characters !== undefined ? await readOf(redis, key) : undefined;
    fault = read?.fault;
    if (fault) return { ...head, verified: `NO: ${fault.message}` };
    return {
      ...head,
      ...(flags.verify && { verified: 'yes' }),
      ...(read && characters !== undefined && { preview: previewText(read.value, characters) }),
    };
  });
  if (flags.json) process.stdout.write(`${JSON.stringify(facts, null, 2)}\n`);
  else
    for (const [name, value] of Object.entries(facts))
      process.stdout.write(`${name.padEnd(14)} ${shown(name, value)}\n`);
  if (fault) context.end(EXIT.finding);
}

function previewOf(flag: string | true | undefined): number | undefined {
  if (flag === undefined) return undefined;
  const characters = flag === true ? PREVIEW_CHARACTERS : Number(flag);
  if (Number.isInteger(characters) && characters >= 1 && characters <= MAX_PREVIEW) return characters;
  throw new OffloopError('ERR_OPTION', `--preview takes 1 to ${MAX_PREVIEW} characters`);
}

async function headOf({ client, options, reply }: OpenRedis, key: string): Promise<Record<string, unknown>> {
  const physical = options.keyPrefix + key;
  const head = await reply('GETRANGE', client.getrangeBuffer(physical, 0, HEADER_BYTES - 1));
  if (head.length === 0)
    throw new OffloopError('ERR_KEY', `no value is stored under ${displayKey(physical)}`);
  const ttlMs = await reply('PTTL', client.pttl(physical));
  const stored = await reply('STRLEN', client.strlen(physical));
  const ttl = ttlMs < 0 ? 'none' : `${(ttlMs / 1_000).toFixed(3)} s`;
  try {
    const header = readHeader(head);
    const before = await reply(
      'GETRANGE',
      client.getrangeBuffer(physical, 0, HEADER_BYTES + header.tableLength - 1),
    );
    const table = header.segmented ? readTable(before, header) : undefined;
    const { identity } = readSealBlock(before, header);
    const { note } = readNote(before, header);
    const codec = options.registry.nameOf(header.codec) ?? `id ${header.codec}, not registered here`;
    return {
      frame: `version ${head[3]}`,
      ...(identity && { sealed: `${SEALED_AS[identity.method]}, key id ${identity.keyId}` }),
      codec,
      compression: compressionName(header.compression),
      storedBytes: stored,
      rawBytes: header.rawLength,
      ...(header.compression !== 0 && {
        ofRaw: `${((100 * header.storedLength) / header.rawLength).toFixed(1)} %`,
      }),
      ...(note && { note: `${note.end - note.start} bytes` }),
      complete: stored === frameLength(header),
      segments: table?.rows.length ?? 0,
      ttl,
    };
  } catch (error) {
    if (!(error instanceof OffloopError)) throw error;
    return { frame: 'none: another client wrote this, or it is damaged', storedBytes: stored, ttl };
  }
}

/** What is read of a value, or why it cannot be. */
interface Read {
  readonly value?: unknown;
  readonly fault?: OffloopError;
}

async function readOf({ cache }: OpenRedis, key: string): Promise<Read> {
  try {
    return { value: await cache.get(key) };
  } catch (error) {
    if (error instanceof OffloopError && UNREADABLE.includes(error.code)) return { fault: error };
    throw error;
  }
}

function previewText(value: unknown, characters: number): string {
  const text = inspect(value, {
    depth: 3,
    maxArrayLength: 20,
    maxStringLength: characters,
    breakLength: Number.POSITIVE_INFINITY,
  });
  const cut = text.length > characters ? `${text.slice(0, characters)}…` : text;
  // Control characters would reach the terminal.
  return cut.replaceAll(
    /[\p{Cc}]/gu,
    (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
}

function shown(name: string, value: unknown): string {
  return name.endsWith('Bytes') && typeof value === 'number'
    ? `${value} (${formatByteSize(value)})`
    : String(value);
}
