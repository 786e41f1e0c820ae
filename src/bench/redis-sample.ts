import { OffloopError } from '../errors.js';
import { RedisBackend } from '../index.js';
import { connectIoredis } from './peers/ioredis-client.js';
import { type Sample, sampleOf } from './sample.js';

/** What to sample. */
export interface RedisSampleSettings {
  readonly url: string;
  /** Of whole keys, as of SCAN: `myapp:*`. */
  readonly pattern: string;
  /** Values that are read, at most 1 to 256. @default 64 */
  readonly limit?: number | undefined;
}

const SCAN_COUNT = 1_000;
/** A sample of so many keys stands for the rest. */
const MAX_SCANNED = 100_000;
const MAX_VALUE_BYTES = 64 * 1024 ** 2;

/**
 * Reads some of the values that are cached already: SCAN, TYPE, STRLEN and GET alone, nothing that writes, and no KEYS. What Offloop
 * stored is decoded; other strings are taken as JSON where they are JSON, else as text or bytes. Larger values than 64 MB are
 * left out. Rejects with `ERR_OPTION` where no key matches, else as a backend does.
 */
export async function sampleRedis({ url, pattern, limit = 64 }: RedisSampleSettings): Promise<Sample> {
  // The pattern is of whole keys, whatever prefix the environment asks for. A frame that another codec of the user's wrote is
  // left out, as a get leaves it out.
  const cache = new RedisBackend({ url, keyPrefix: '', offload: 'never', timeoutMs: 10_000 });
  try {
    // Typed errors for what keeps us from Redis; the client below has none.
    await cache.exists('offloop:sample');
    const redis = await connectIoredis({ url });
    try {
      const values: unknown[] = [];
      for (const key of await pickKeys(redis, { pattern, limit })) {
        const value = (await cache.get(key)) ?? foreign(await redis.getBuffer(key));
        if (value !== undefined) values.push(value);
      }
      return { source: pattern, values: sampleOf(values, pattern) };
    } finally {
      redis.disconnect();
    }
  } finally {
    await cache.close();
  }
}

async function pickKeys(
  redis: Awaited<ReturnType<typeof connectIoredis>>,
  { pattern, limit }: { readonly pattern: string; readonly limit: number },
): Promise<string[]> {
  const found: string[] = [];
  let cursor = '0';
  do {
    const [next, keys] = await redis.scan(cursor, 'MATCH', pattern, 'COUNT', SCAN_COUNT, 'TYPE', 'string');
    cursor = next;
    found.push(...keys);
  } while (cursor !== '0' && found.length < MAX_SCANNED);
  if (found.length === 0) {
    throw new OffloopError('ERR_OPTION', `no string key matches ${JSON.stringify(pattern.slice(0, 80))}`);
  }
  const step = Math.max(1, found.length / limit);
  const picked: string[] = [];
  for (let at = 0; at < found.length && picked.length < limit; at += step) {
    const key = found[Math.floor(at)];
    if (key !== undefined && (await redis.strlen(key)) <= MAX_VALUE_BYTES) picked.push(key);
  }
  return picked;
}

/** What another client stored, as the value that it most likely stands for. */
function foreign(bytes: Buffer | null): unknown {
  if (!bytes) return undefined;
  const text = bytes.toString();
  if (Buffer.byteLength(text) !== bytes.length || text.includes('\uFFFD')) return bytes;
  try {
    return JSON.parse(text);
  } catch {
    // No JSON, so it is text.
    return text;
  }
}
