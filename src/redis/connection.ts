import { type ErrorCode, OffloopError } from '../errors.js';
import {
  type ConnectionRole,
  createClient,
  destroy,
  FIRST_PAUSE_MS,
  open,
  pauseBefore,
  type RedisClient,
  setReference,
} from './client.js';
import { fromRedis } from './redis-error.js';
import type { ConnectionSettings } from './settings.js';

/** What happens to a connection. */
export type ConnectionEvent =
  | { readonly type: 'connect' }
  | { readonly type: 'disconnect' }
  | { readonly type: 'connectionError'; readonly error: OffloopError };

interface Waiter {
  resolve(client: RedisClient): void;
  reject(error: OffloopError): void;
}

/** Failures to connect that the next attempt will meet as well. */
const LASTING: readonly ErrorCode[] = ['ERR_AUTH', 'ERR_AUTH_REQUIRED', 'ERR_PERMISSION', 'ERR_OPTION'];

/**
 * One connection, or one set of them to a cluster, that is there again after a loss. A lost client of ioredis is
 * replaced and never revived: ioredis then settles all that was under way on it, sends nothing a second time, and
 * leaves no auto-pipeline waiting for ever (its issue 2193). A cluster client keeps its own connections.
 */
export class Connection {
  readonly #settings: ConnectionSettings;
  readonly #role: ConnectionRole;
  readonly #listener: (event: ConnectionEvent) => void;
  #state: 'idle' | 'connecting' | 'ready' | 'pausing' | 'closed' = 'idle';
  #client: RedisClient | undefined;
  #waiters = new Set<Waiter>();
  #failures = 0;
  #lastFailure = '';
  #retry: NodeJS.Timeout | undefined;
  #referenced = false;

  constructor(
    settings: ConnectionSettings,
    role: ConnectionRole,
    listener: (event: ConnectionEvent) => void,
  ) {
    this.#settings = settings;
    this.#role = role;
    this.#listener = listener;
  }

  /** The client, where it is ready now. */
  get ready(): RedisClient | undefined {
    return this.#state === 'ready' ? this.#client : undefined;
  }

  /**
   * The client as soon as it is ready. Rejects with `ERR_AUTH` where Redis refuses us, and `ERR_CLOSED`. Where it has
   * to wait it hands out what ends the waiting, with `ERR_CONNECTION`, and answers whether it still waited.
   */
  whenReady(onWait: (abandon: (afterMs: number) => boolean) => void): Promise<RedisClient> {
    if (this.#client && this.#state === 'ready') return Promise.resolve(this.#client);
    if (this.#state === 'closed') return Promise.reject(closedError());
    return new Promise((resolve, reject) => {
      const waiter = { resolve, reject };
      this.#waiters.add(waiter);
      onWait((afterMs) => {
        if (!this.#waiters.delete(waiter)) return false;
        const why = this.#lastFailure ? ` (${this.#lastFailure})` : '';
        const text = `no connection to Redis within ${afterMs} ms${why}; nothing was sent`;
        reject(new OffloopError('ERR_CONNECTION', text, 'not-applied'));
        return true;
      });
      if (this.#state === 'idle') this.#attempt();
      else if (this.#state === 'pausing') this.#retry?.ref();
    });
  }

  /** Whether the socket keeps the process alive: only while something is under way. */
  reference(wanted: boolean): void {
    this.#referenced = wanted;
    if (this.#client && this.#state === 'ready') setReference(this.#client, wanted);
    if (wanted) this.#retry?.ref();
    else this.#retry?.unref();
  }

  /**
   * Drops a connection that does not answer, with what it still holds to send. What is under way on it fails; calls
   * that come now wait for the next one. A cluster client looks after its own connections.
   */
  reset(): void {
    const client = this.#client;
    if (this.#state !== 'ready' || !client || this.#settings.kind === 'cluster') return;
    destroy(client);
    this.#lost(client, new Error('Connection is reset.'));
  }

  /** Ends the connection for good. */
  close(): void {
    if (this.#state === 'closed') return;
    this.#state = 'closed';
    clearTimeout(this.#retry);
    // Nothing is under way any more; a server that does not answer would keep the process alive for two seconds.
    if (this.#client) destroy(this.#client);
    this.#client = undefined;
    this.#rejectWaiters(closedError());
  }

  #attempt(): void {
    this.#state = 'connecting';
    let client: RedisClient;
    try {
      client = createClient(this.#settings, this.#role);
    } catch (error) {
      // Settings that only ioredis itself finds out to be impossible.
      this.#client = undefined;
      this.#pause(error);
      return;
    }
    this.#client = client;
    let failure: unknown;
    client.on('error', (error: unknown) => {
      failure = error;
    });
    client.on('end', () => this.#lost(client, failure ?? new Error('Connection is closed.')));
    // ioredis limits the TCP connection alone; a server may accept it and never say a word.
    const limit = setTimeout(() => {
      if (client !== this.#client || this.#state !== 'connecting') return;
      destroy(client);
      this.#lost(client, new Error('Connection attempt timed out.'));
    }, this.#settings.connectTimeoutMs);
    limit.unref();
    open(client, this.#settings)
      .then(
        () => this.#opened(client),
        (error: unknown) => {
          // ioredis would give a socket that has ended 2 s more to end, and keep the process alive for that long.
          if (client.status !== 'end') client.disconnect();
          this.#lost(client, failure ?? error);
        },
      )
      .finally(() => clearTimeout(limit));
  }

  #opened(client: RedisClient): void {
    if (client !== this.#client) return;
    this.#state = 'ready';
    this.#failures = 0;
    setReference(client, this.#referenced);
    const waiters = this.#waiters;
    this.#waiters = new Set();
    for (const waiter of waiters) waiter.resolve(client);
    this.#listener({ type: 'connect' });
  }

  #lost(client: RedisClient, failure: unknown): void {
    // A failed attempt ends more than once: by its promise, by its event, by its time.
    if (client !== this.#client) return;
    this.#client = undefined;
    this.#pause(failure);
  }

  #pause(failure: unknown): void {
    const wasReady = this.#state === 'ready';
    this.#state = 'pausing';
    const delay = pauseBefore(this.#failures++, this.#settings.reconnectMaxDelayMs);
    this.#retry = setTimeout(() => this.#attempt(), wasReady ? Math.min(delay, FIRST_PAUSE_MS) : delay);
    if (!this.#referenced && this.#waiters.size === 0) this.#retry.unref();
    const error = fromRedis(failure, 'connect');
    this.#lastFailure = error.message;
    // Waiting longer does not mend a password or a database that is not there.
    if (LASTING.includes(error.code)) this.#rejectWaiters(error);
    this.#listener(wasReady ? { type: 'disconnect' } : { type: 'connectionError', error });
  }

  #rejectWaiters(error: OffloopError): void {
    const waiters = this.#waiters;
    this.#waiters = new Set();
    for (const waiter of waiters) waiter.reject(error);
  }
}

function closedError(): OffloopError {
  return new OffloopError('ERR_CLOSED', 'the backend was closed');
}
