import { OffloopError } from '../errors.js';
import { createPipeline, type Pipeline, type RedisClient, type Wire } from './client.js';
import type { Connection } from './connection.js';
import type { Operation } from './operation.js';
import type { Room } from './room.js';

/** Room that a command takes whose payload is small or unknown, in bytes. */
const SMALL_BYTES = 256;
/** The same of a whole value, whatever its size: it is known when it arrives. */
const WHOLE_BYTES = 65_536;

/** A script with what it is given. */
export interface Script {
  readonly script: string;
  /** All of one slot. */
  readonly keys: readonly string[];
  readonly args: readonly (string | number | Buffer)[];
}

/**
 * All commands with a small payload or none, over one pipelined connection. What the methods reject with is ioredis's
 * own error.
 */
export class CommandLane {
  readonly #connection: Connection;
  #pipeline: Pipeline | undefined;
  readonly #room: Room;
  /** Operations that wait for the connection or for room on it, and the turn of the last of them. */
  #waiting = 0;
  #lastTurn: Promise<void> = Promise.resolve();

  constructor(connection: Connection, room: Room) {
    this.#connection = connection;
    this.#room = room;
  }

  /** Whether answers to commands are on their way. */
  get isAwaited(): boolean {
    return this.#pipeline?.isAwaited === true;
  }

  /** The first bytes of a value, up to the given number; none where there is no such key. */
  head(operation: Operation, key: string, bytes: number): Promise<Buffer> {
    const command = { name: 'getrange', args: [key, 0, bytes - 1], binary: true };
    return this.#send(operation, command, bytes) as Promise<Buffer>;
  }

  /** A whole value, whatever its size; null where there is no such key. */
  whole(operation: Operation, key: string): Promise<Buffer | null> {
    const command = { name: 'get', args: [key], binary: true };
    return this.#send(operation, command, WHOLE_BYTES) as Promise<Buffer | null>;
  }

  set(operation: Operation, key: string, frame: Buffer, ttlMs: number | undefined): Promise<unknown> {
    const args = ttlMs === undefined ? [key, frame] : [key, frame, 'PX', ttlMs];
    return this.#send(operation, { name: 'set', args, binary: false }, SMALL_BYTES + frame.length);
  }

  /** 'OK' where there was no such key, else null, and what is there stays. */
  add(operation: Operation, key: string, frame: Buffer, ttlMs: number): Promise<unknown> {
    const command = { name: 'set', args: [key, frame, 'PX', ttlMs, 'NX'], binary: false };
    return this.#send(operation, command, SMALL_BYTES + frame.length);
  }

  /** What a script answers. */
  script(operation: Operation, { script, keys, args }: Script): Promise<unknown> {
    const command = { name: 'eval', args: [script, keys.length, ...keys, ...args], binary: false };
    const bytes = args.reduce<number>(
      (sum, arg) => sum + (Buffer.isBuffer(arg) ? arg.length : 0),
      SMALL_BYTES,
    );
    return this.#send(operation, command, bytes);
  }

  /** How many keys went, 0 or 1. UNLINK: Redis frees a large value aside. */
  delete(operation: Operation, key: string): Promise<number> {
    return this.#send(operation, { name: 'unlink', args: [key], binary: false }) as Promise<number>;
  }

  /** 1 where the key is there, else 0. */
  exists(operation: Operation, key: string): Promise<number> {
    return this.#send(operation, { name: 'exists', args: [key], binary: false }) as Promise<number>;
  }

  /** Milliseconds left; -1 for a key that does not expire, -2 for none. */
  ttl(operation: Operation, key: string): Promise<number> {
    return this.#send(operation, { name: 'pttl', args: [key], binary: false }) as Promise<number>;
  }

  /** 1 where the key was there to get a new TTL, else 0. */
  touch(operation: Operation, key: string, ttlMs: number): Promise<number> {
    return this.#send(operation, { name: 'pexpire', args: [key, ttlMs], binary: false }) as Promise<number>;
  }

  /** The client for work of several commands, such as a clear. */
  async client(operation: Operation): Promise<RedisClient> {
    const ready = this.#connection.ready;
    if (ready) return ready;
    operation.stage = 'connecting';
    const client = await this.#connection.whenReady((abandon) => {
      operation.onCancel = abandon;
    });
    operation.onCancel = undefined;
    return client;
  }

  /** Every small operation passes here: a promise more would be seen in the throughput. */
  #send(operation: Operation, command: Wire, bytes: number = SMALL_BYTES): Promise<unknown> {
    const client = this.#connection.ready;
    if (client === undefined || this.#waiting > 0 || !this.#room.take(operation, bytes))
      return this.#sendLater(operation, command, bytes);
    return this.#sendNow(client, operation, command);
  }

  /** In the order of the calls, which the connection alone would not keep: it is ready before its waiters know. */
  async #sendLater(operation: Operation, command: Wire, bytes: number): Promise<unknown> {
    this.#waiting++;
    operation.stage = 'crowded';
    const ready = this.client(operation);
    // It may reject before its turn, which is where that is taken up.
    ready.catch(noop);
    const turn = this.#lastTurn
      .then(() => ready)
      .then(() => {
        if (operation.settled) return undefined;
        operation.stage = 'crowded';
        return this.#room.enter(operation, bytes);
      });
    this.#lastTurn = turn.then(noop, noop);
    try {
      await turn;
    } finally {
      this.#waiting--;
    }
    // The signal may have fired since the connection was there; the caller was told that nothing was sent.
    if (operation.settled) throw new OffloopError('ERR_ABORTED', 'nobody waits for this command any more');
    const client = this.#connection.ready;
    if (client !== undefined) return this.#sendNow(client, operation, command);
    // It waits behind others again, who may need its room.
    operation.leaveCommands();
    return this.#sendLater(operation, command, bytes);
  }

  #sendNow(client: RedisClient, operation: Operation, command: Wire): Promise<unknown> {
    if (this.#pipeline?.client !== client) this.#pipeline = createPipeline(client);
    operation.stage = 'sent';
    return this.#pipeline.send(command);
  }
}

function noop(): void {}
