import { OffloopError, type Outcome } from '../errors.js';
import type { RedisClient } from '../redis/client.js';
import { Connection } from '../redis/connection.js';
import { UNKNOWN_OUTCOME } from '../redis/early-answer.js';
import { fromRedis } from '../redis/redis-error.js';
import type { ConnectionSettings } from '../redis/settings.js';

/** Which connection a task wants, and for how long it is kept when nobody does. */
export interface ConnectionWish {
  /** {@link ConnectionSettings} as text. */
  readonly connection: string;
  readonly idleTimeoutMs: number;
  /** When the time for the command is up, waiting for the connection included. See the tasks. */
  readonly endsAt: number;
}

interface Kept {
  readonly connection: Connection;
  users: number;
  idle: NodeJS.Timeout | undefined;
}

/** What is sent. */
export interface BulkCommand<T> {
  readonly name: string;
  /** Whether Redis may have done it although no answer came. */
  readonly writes: boolean;
  send(client: RedisClient): Promise<T>;
}

/** The connections of one worker thread: one for each set of settings, shared by the backends that have them. */
export class WorkerConnections {
  readonly #kept = new Map<string, Kept>();

  /** Runs a command on the connection that is wished for, within the time that is left for it. */
  async use<T>(wish: ConnectionWish, command: BulkCommand<T>): Promise<T> {
    const { name, writes } = command;
    assertInTime(wish, name);
    const kept = this.#take(wish.connection);
    let timer: NodeJS.Timeout | undefined;
    let sent = false;
    let abandon = (_afterMs: number): boolean => false;
    const wholeMs = Math.round(timeLeft(wish));
    const limit = new Promise<never>((_, reject) => {
      const expire = (): void => {
        // Why there is no connection the connection itself knows.
        if (abandon(wholeMs)) return;
        if (sent) kept.connection.reset();
        const text = sent ? 'Redis did not answer' : 'no connection to Redis; nothing was sent';
        const told = `${name}: ${text} in time${sent && writes ? UNKNOWN_OUTCOME : ''}`;
        const code = sent ? 'ERR_TIMEOUT' : 'ERR_CONNECTION';
        reject(new OffloopError(code, told, writes ? outcomeOf(sent) : undefined));
      };
      // After the sockets have been read: compression may have blocked this thread while the answer came.
      timer = setTimeout(() => setImmediate(expire), timeLeft(wish));
    });
    try {
      const ready = kept.connection.whenReady((giveUp) => {
        abandon = giveUp;
      });
      const work = ready.then((client) => {
        assertInTime(wish, name);
        sent = true;
        return command.send(client);
      });
      return await Promise.race([work, limit]);
    } catch (error) {
      const ours = fromRedis(error, name);
      if (ours === error || !writes || ours.outcome !== undefined) throw ours;
      const told = sent ? ours.message + UNKNOWN_OUTCOME : ours.message;
      throw new OffloopError(ours.code, told, outcomeOf(sent));
    } finally {
      clearTimeout(timer);
      this.#giveBack(wish, kept);
    }
  }

  #take(text: string): Kept {
    let kept = this.#kept.get(text);
    if (!kept) {
      const settings = JSON.parse(text) as ConnectionSettings;
      const connection = new Connection(settings, 'bulk', () => {});
      kept = { connection, users: 0, idle: undefined };
      this.#kept.set(text, kept);
    }
    clearTimeout(kept.idle);
    kept.users++;
    kept.connection.reference(true);
    return kept;
  }

  #giveBack(wish: ConnectionWish, kept: Kept): void {
    if (--kept.users > 0) return;
    kept.connection.reference(false);
    kept.idle = setTimeout(() => {
      kept.connection.close();
      this.#kept.delete(wish.connection);
    }, wish.idleTimeoutMs);
    kept.idle.unref();
  }
}

/** Throws `ERR_TIMEOUT` where the caller of a task has been answered by now: nothing may be done for it any more. */
export function assertInTime({ endsAt }: { readonly endsAt: number }, name: string): void {
  if (timeLeft({ endsAt }) > 0) return;
  throw new OffloopError(
    'ERR_TIMEOUT',
    `${name}: its time was up before a worker came to it; nothing was sent`,
    'not-applied',
  );
}

function outcomeOf(sent: boolean): Outcome {
  return sent ? 'unknown' : 'not-applied';
}

/** Milliseconds until the time of a task is up. */
export function timeLeft({ endsAt }: { readonly endsAt: number }): number {
  return endsAt - performance.timeOrigin - performance.now();
}
