import { randomBytes } from 'node:crypto';
import { RedisBackend } from '../index.js';
import { fromRedis } from '../redis/redis-error.js';
import type { Bench, Scale } from './bench.js';
import { describeEnvironment, type Environment } from './environment.js';
import { lostServer } from './lost-server.js';
import { openMainCpuClock } from './main-cpu.js';
import type { Variant } from './peers/peer.js';
import { closePeers, type OpenedPeers, openPeers, type PeerId } from './peers/registry.js';
import { RedisAdmin } from './redis-admin.js';
import type { Result } from './result.js';

/** What a run needs to begin. */
export interface SessionSettings {
  readonly url: string;
  readonly scale: Scale;
  readonly peers: readonly PeerId[];
  /** Offloop with other settings, beside Offloop with its defaults. */
  readonly variants?: readonly Variant[];
  readonly signal?: AbortSignal | undefined;
  /** Called when everything is open, before anything is measured. */
  readonly onOpen?: (opened: Pick<Session, 'environment' | 'skipped'>) => void;
  /** Called with each result as soon as it is there. */
  readonly onResult?: (result: Result) => void;
  /** Called with each pass that ended. */
  readonly onPass?: () => void;
}

/** What a run begins with, and what it must give back at its end. */
export interface Session {
  readonly bench: Bench;
  readonly environment: Environment;
  readonly results: readonly Result[];
  readonly skipped: OpenedPeers['skipped'];
}

/**
 * Opens the peers, runs, and leaves nothing behind: no key, no connection. Rejects with `ERR_CONNECTION`, `ERR_AUTH` or
 * `ERR_PERMISSION` where Redis cannot be used.
 */
export async function withSession<T>(
  settings: SessionSettings,
  run: (session: Session) => Promise<T>,
): Promise<T> {
  try {
    return await runSession(settings, run);
  } catch (error) {
    throw ofIoredis(error) ? fromRedis(error, 'bench') : error;
  }
}

function ofIoredis(error: unknown): boolean {
  return error instanceof Error && ['ReplyError', 'MaxRetriesPerRequestError'].includes(error.name);
}

async function runSession<T>(settings: SessionSettings, run: (session: Session) => Promise<T>): Promise<T> {
  const { url, scale, signal, onPass } = settings;
  await assertUsable(url);
  const admin = await RedisAdmin.connect(url);
  const lost = lostServer(admin.redis);
  const clock = openMainCpuClock();
  const prefix = `offloop-bench:${randomBytes(4).toString('hex')}:`;
  const opened = await openPeers(settings.peers, { url, prefix }, settings.variants);
  try {
    const environment = await describeEnvironment(admin.redis, clock.source);
    settings.onOpen?.({ environment, skipped: opened.skipped });
    const results: Result[] = [];
    const emit = (result: Result): void => {
      results.push(result);
      settings.onResult?.(result);
    };
    const bench: Bench = { url, prefix, admin, clock, scale, peers: opened.peers, emit, signal, onPass };
    return await Promise.race([run({ bench, environment, results, skipped: opened.skipped }), lost]);
  } finally {
    clock.close();
    // Whatever fails, the rest is given back too: a connection that is left would be made anew for ever.
    try {
      await Promise.race([closePeers(opened.peers), lost]);
    } finally {
      try {
        await Promise.race([admin.sweep(prefix), lost]);
      } finally {
        await admin.close();
      }
    }
  }
}

/** A call of ours first: what keeps it from Redis comes as a typed error, and at once. */
async function assertUsable(url: string): Promise<void> {
  const probe = new RedisBackend({ url, timeoutMs: 3_000 });
  try {
    await probe.set('offloop-bench:probe', 1, { ttl: 1 });
    await probe.delete('offloop-bench:probe');
  } finally {
    await probe.close();
  }
}
