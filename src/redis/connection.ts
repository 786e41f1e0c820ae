import { OffloopError } from '../errors.js';
import {
  type ConnectionRole,
  createClient,
  FIRST_PAUSE_MS,
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
  #waiters: Waiter[] = [];
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
   * to wait it hands out what ends the waiting, with `ERR_CONNECTION`.
   */
  whenReady(onWait: (abandon: () => void) => void): Promise<RedisClient> {
    if (this.#client && this.#state === 'ready') return Promise.resolve(this.#client);
    if (this.#state === 'closed') return Promise.reject(closedError());
    return new Promise((resolve, reject) => {
      const waiter = { resolve, reject };
      this.#waiters.push(waiter);
      onWait(() => {
        this.#waiters = this.#waiters.filter((other) => other !== waiter);
        const why = this.#lastFailure ? ` (${this.#lastFailure})` : '';
        const text = `no connection to Redis within ${this.#settings.timeoutMs} ms${why}; nothing was sent`;
        reject(new OffloopError('ERR_CONNECTION', text));
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

  /** Drops a connection that does not answer. What is under way on it fails; the next one is made at once. */
  reset(): void {
    if (this.#state === 'ready' && this.#settings.kind !== 'cluster') this.#client?.disconnect();
  }

  /** Ends the connection for good. */
  close(): void {
    if (this.#state === 'closed') return;
    this.#state = 'closed';
    clearTimeout(this.#retry);
    this.#client?.disconnect();
    this.#client = undefined;
    this.#rejectWaiters(closedError());
  }

  #attempt(): void {
    this.#state = 'connecting';
    const client = createClient(this.#settings, this.#role);
    this.#client = client;
    let failure: unknown;
    client.on('error', (error: unknown) => {
      failure = error;
    });
    client.on('end', () => this.#lost(client, failure));
    client.connect().then(
      () => this.#opened(client),
      (error: unknown) => {
        client.disconnect();
        this.#lost(client, failure ?? error);
      },
    );
  }

  #opened(client: RedisClient): void {
    if (client !== this.#client) return;
    this.#state = 'ready';
    this.#failures = 0;
    setReference(client, this.#referenced);
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const waiter of waiters) waiter.resolve(client);
    this.#listener({ type: 'connect' });
  }

  #lost(client: RedisClient, failure: unknown): void {
    // A failed attempt ends twice, by its promise and by its event.
    if (client !== this.#client) return;
    this.#client = undefined;
    const wasReady = this.#state === 'ready';
    this.#state = 'pausing';
    const delay = pauseBefore(this.#failures++, this.#settings.reconnectMaxDelayMs);
    this.#retry = setTimeout(() => this.#attempt(), wasReady ? Math.min(delay, FIRST_PAUSE_MS) : delay);
    if (!this.#referenced && this.#waiters.length === 0) this.#retry.unref();
    const error = fromRedis(failure, 'connect');
    this.#lastFailure = error.message;
    // Waiting longer does not mend a password.
    if (error.code === 'ERR_AUTH') this.#rejectWaiters(error);
    this.#listener(wasReady ? { type: 'disconnect' } : { type: 'connectionError', error });
  }

  #rejectWaiters(error: OffloopError): void {
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const waiter of waiters) waiter.reject(error);
  }
}

function closedError(): OffloopError {
  return new OffloopError('ERR_CLOSED', 'the backend was closed');
}
