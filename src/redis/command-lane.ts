import { type Argument, createPipeline, type Pipeline, type RedisClient } from './client.js';
import type { Connection } from './connection.js';
import type { Operation } from './operations.js';

/**
 * All commands with a small payload or none, over one pipelined connection. What the methods reject with is ioredis's
 * own error.
 */
export class CommandLane {
  readonly #connection: Connection;
  #pipeline: Pipeline | undefined;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** The first bytes of a value, up to the given number; none where there is no such key. */
  head(operation: Operation, key: string, bytes: number): Promise<Buffer> {
    return this.#send(operation, 'getrange', [key, 0, bytes - 1], true) as Promise<Buffer>;
  }

  /** A whole value, whatever its size; null where there is no such key. */
  whole(operation: Operation, key: string): Promise<Buffer | null> {
    return this.#send(operation, 'get', [key], true) as Promise<Buffer | null>;
  }

  set(operation: Operation, key: string, frame: Buffer, ttlMs: number | undefined): Promise<unknown> {
    return this.#send(
      operation,
      'set',
      ttlMs === undefined ? [key, frame] : [key, frame, 'PX', ttlMs],
      false,
    );
  }

  /** How many keys went, 0 or 1. UNLINK: Redis frees a large value aside. */
  delete(operation: Operation, key: string): Promise<number> {
    return this.#send(operation, 'unlink', [key], false) as Promise<number>;
  }

  /** 1 where the key is there, else 0. */
  exists(operation: Operation, key: string): Promise<number> {
    return this.#send(operation, 'exists', [key], false) as Promise<number>;
  }

  /** Milliseconds left; -1 for a key that does not expire, -2 for none. */
  ttl(operation: Operation, key: string): Promise<number> {
    return this.#send(operation, 'pttl', [key], false) as Promise<number>;
  }

  /** 1 where the key was there to get a new TTL, else 0. */
  touch(operation: Operation, key: string, ttlMs: number): Promise<number> {
    return this.#send(operation, 'pexpire', [key, ttlMs], false) as Promise<number>;
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
  #send(operation: Operation, name: string, args: Argument[], binary: boolean): Promise<unknown> {
    const client = this.#connection.ready;
    if (client === undefined) return this.#sendLater(operation, name, args, binary);
    if (this.#pipeline?.client !== client) this.#pipeline = createPipeline(client);
    operation.stage = 'sent';
    return this.#pipeline.send(name, args, binary);
  }

  async #sendLater(operation: Operation, name: string, args: Argument[], binary: boolean): Promise<unknown> {
    await this.client(operation);
    return this.#send(operation, name, args, binary);
  }
}
