import { type DirectoryLock, tryLock } from './directory-lock.js';
import { RespConnection, type RespTarget } from './resp-connection.js';

/** An empty database of a Redis that belongs to somebody, and is not emptied for us. */
export interface RedisDatabase {
  readonly url: string;
  readonly host: string;
  readonly port: number;
  stop(): Promise<void>;
}

/** A Redis has 16 unless it was configured otherwise; 0 is the one people use, so it is tried last. */
const DATABASES = [15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0] as const;

/**
 * Claims a database of the Redis at `REDIS_URL` that holds no key, so that neither our `FLUSHDB` nor our keys
 * can meet anybody's data. The number in the URL is not binding, for that reason. What is ours is flushed at the
 * end. The claim is a lock on this machine: two machines should not share one `REDIS_URL`.
 */
export async function claimDatabase(url: string): Promise<RedisDatabase> {
  const { target, parsed } = parseRedisUrl(url);
  const connection = await RespConnection.open(target);
  try {
    for (const number of DATABASES) {
      const claim = tryLock(`redis-${parsed.hostname}-${target.port}-db-${number}`);
      if (!claim) continue;
      if (await isEmpty(connection, number)) return claimed({ parsed, target, number, claim });
      claim.release();
    }
  } finally {
    connection.close();
  }
  throw new Error(
    'REDIS_URL: none of the databases 0 to 15 is empty and free; a cluster cannot be used this way',
  );
}

async function isEmpty(connection: RespConnection, number: number): Promise<boolean> {
  try {
    await connection.call('SELECT', number);
  } catch (error) {
    // A server with fewer databases says so, and the next number may do.
    if (error instanceof Error && /out of range|not allowed/i.test(error.message)) return false;
    throw error;
  }
  return (await connection.call('DBSIZE')) === 0;
}

interface Claim {
  readonly parsed: URL;
  readonly target: RespTarget & { readonly port: number };
  readonly number: number;
  readonly claim: DirectoryLock;
}

function claimed({ parsed, target, number, claim }: Claim): RedisDatabase {
  const own = new URL(parsed);
  own.pathname = `/${number}`;
  const flush = async (): Promise<void> => {
    try {
      const connection = await RespConnection.open(target);
      await connection.call('SELECT', number);
      await connection.call('FLUSHDB');
      connection.close();
    } finally {
      claim.release();
    }
  };
  // Once only: after the release the database may be another test's.
  let stopped: Promise<void> | undefined;
  return {
    url: own.href,
    host: parsed.hostname,
    port: target.port,
    stop: () => {
      stopped ??= flush();
      return stopped;
    },
  };
}

function parseRedisUrl(url: string): { parsed: URL; target: RespTarget & { readonly port: number } } {
  const parsed = new URL(url);
  if (parsed.protocol !== 'redis:' && parsed.protocol !== 'rediss:') {
    throw new Error(`REDIS_URL must begin with redis:// or rediss://, not ${parsed.protocol}`);
  }
  const target = {
    host: parsed.hostname,
    port: Number(parsed.port || 6379),
    tls: parsed.protocol === 'rediss:',
    username: decodeURIComponent(parsed.username) || undefined,
    password: parsed.password === '' ? undefined : decodeURIComponent(parsed.password),
  };
  return { parsed, target };
}
