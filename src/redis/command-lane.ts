import type { Connection, RedisClient } from './connection.js';
import type { Operation } from './operations.js';

/**
 * All commands with a small payload or none, over one connection. ioredis gathers what is called in one turn of the
 * event loop into one write, and answers each command by itself. What the methods reject with is ioredis's own.
 */
export class CommandLane {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** The first bytes of a value, up to the given number; none where there is no such key. */
  head(operation: Operation, key: string, bytes: number): Promise<Buffer> {
    return this.#send(operation, (client) => client.getrangeBuffer(key, 0, bytes - 1));
  }

  /** A whole value, whatever its size; null where there is no such key. */
  whole(operation: Operation, key: string): Promise<Buffer | null> {
    return this.#send(operation, (client) => client.getBuffer(key));
  }

  set(operation: Operation, key: string, frame: Buffer, ttlMs: number | undefined): Promise<unknown> {
    return this.#send(operation, (client) =>
      ttlMs === undefined ? client.set(key, frame) : client.set(key, frame, 'PX', ttlMs),
    );
  }

  /** How many keys went, 0 or 1. UNLINK: Redis frees a large value aside. */
  delete(operation: Operation, key: string): Promise<number> {
    return this.#send(operation, (client) => client.unlink(key));
  }

  /** 1 where the key is there, else 0. */
  exists(operation: Operation, key: string): Promise<number> {
    return this.#send(operation, (client) => client.exists(key));
  }

  /** Milliseconds left; -1 for a key that does not expire, -2 for none. */
  ttl(operation: Operation, key: string): Promise<number> {
    return this.#send(operation, (client) => client.pttl(key));
  }

  /** 1 where the key was there to get a new TTL, else 0. */
  touch(operation: Operation, key: string, ttlMs: number): Promise<number> {
    return this.#send(operation, (client) => client.pexpire(key, ttlMs));
  }

  /** The client for work of several commands, such as a clear. */
  async client(operation: Operation): Promise<RedisClient> {
    const ready = this.#connection.ready;
    if (ready) return ready;
    operation.stage = 'connecting';
    const client = await this.#connection.whenReady((abandon) => {
      operation.onExpire = abandon;
    });
    operation.onExpire = undefined;
    return client;
  }

  /** Every small operation passes here: a promise more would be seen in the throughput. */
  #send<T>(operation: Operation, command: (client: RedisClient) => Promise<T>): Promise<T> {
    const client = this.#connection.ready;
    if (client === undefined) return this.#sendLater(operation, command);
    operation.stage = 'sent';
    return command(client);
  }

  async #sendLater<T>(operation: Operation, command: (client: RedisClient) => Promise<T>): Promise<T> {
    const client = await this.client(operation);
    operation.stage = 'sent';
    return command(client);
  }
}
