import type { CompressionSettings } from '../codec/compression.js';
import type { CustomCodec } from '../codec/registry.js';
import { OffloopError } from '../errors.js';
import type { Job, WorkerPool } from '../offload/pool.js';
import type { Graph, Payload, Task } from '../offload/tasks.js';
import type { Operation } from './operations.js';
import type { ConnectionSettings } from './settings.js';

/** Milliseconds for a worker's answer to arrive on main. */
const ANSWER_MS = 20;

/** What all tasks of a backend have in common. */
export interface BulkSettings {
  readonly connection: ConnectionSettings;
  readonly codecs: readonly CustomCodec[];
  readonly compression: CompressionSettings | undefined;
  readonly maxValueBytes: number;
}

/** What a write puts where. */
export interface BulkWrite {
  readonly key: string;
  readonly codec: number;
  readonly ttlMs: number | undefined;
}

/** Large values, each over the connection of a worker thread, so that no small command waits behind one. */
export class BulkLane {
  readonly #pool: WorkerPool;
  readonly #settings: BulkSettings;
  readonly #connection: string;

  constructor(pool: WorkerPool, settings: BulkSettings) {
    this.#pool = pool;
    this.#settings = settings;
    this.#connection = JSON.stringify(settings.connection);
  }

  /** Stores encoded bytes. Resolves to the bytes of the frame. The payload is taken over where it owns its memory. */
  async store(operation: Operation, write: BulkWrite, payload: Uint8Array): Promise<number> {
    const { compression, maxValueBytes } = this.#settings;
    const own = exclusive(payload);
    const task: Task = {
      kind: 'store',
      ...this.#remote(operation),
      ...write,
      payload: own,
      compression,
      maxValueBytes,
    };
    return this.#stored(operation, task, { transfer: [own.buffer], bytes: own.byteLength });
  }

  /** Has a worker encode a value, which is cloned on main, and store it. */
  async storeGraph(operation: Operation, write: BulkWrite, value: unknown): Promise<number> {
    const { compression, maxValueBytes, codecs } = this.#settings;
    const task: Task = {
      kind: 'storeGraph',
      ...this.#remote(operation),
      ...write,
      value,
      codecs,
      compression,
      maxValueBytes,
    };
    return this.#stored(operation, task, { transfer: [], bytes: 0 });
  }

  /** A value's raw payload; undefined where there is none. `bytes`: what it is expected to take. */
  async fetch(operation: Operation, key: string, bytes: number): Promise<Payload | undefined> {
    const { maxValueBytes } = this.#settings;
    const task: Task = { kind: 'fetch', ...this.#remote(operation), key, maxValueBytes };
    return this.#payload(operation, task, { transfer: [], bytes });
  }

  /** A value as a worker decoded it; its payload where a graph of it could not cross; undefined where there is none. */
  async fetchGraph(operation: Operation, key: string, bytes: number): Promise<Payload | Graph | undefined> {
    const { maxValueBytes, codecs } = this.#settings;
    const task: Task = { kind: 'fetchGraph', ...this.#remote(operation), key, maxValueBytes, codecs };
    const result = await this.#run(operation, task, { transfer: [], bytes });
    if (result.kind === 'missing') return undefined;
    if (result.kind === 'payload' || result.kind === 'graph') return result;
    throw unexpected(result.kind);
  }

  /** Verifies and decompresses a frame that has arrived on main. */
  async unpack(operation: Operation, frame: Buffer): Promise<Payload | undefined> {
    const { maxValueBytes } = this.#settings;
    const own = exclusive(frame);
    const task: Task = { kind: 'unpack', frame: own, maxValueBytes };
    return this.#payload(operation, task, { transfer: [own.buffer], bytes: own.byteLength });
  }

  #remote(operation: Operation): { connection: string; idleTimeoutMs: number; endsAt: number } {
    return {
      connection: this.#connection,
      idleTimeoutMs: this.#pool.settings.idleTimeoutMs,
      // A little early: what the worker then says is more than "no answer".
      endsAt: performance.timeOrigin + operation.endsAt - ANSWER_MS,
    };
  }

  async #stored(operation: Operation, task: Task, room: Room): Promise<number> {
    const result = await this.#run(operation, task, room);
    if (result.kind === 'stored') return result.storedBytes;
    throw unexpected(result.kind);
  }

  async #payload(operation: Operation, task: Task, room: Room): Promise<Payload | undefined> {
    const result = await this.#run(operation, task, room);
    if (result.kind === 'missing') return undefined;
    if (result.kind === 'payload') return result;
    throw unexpected(result.kind);
  }

  #run(operation: Operation, task: Task, room: Room): ReturnType<WorkerPool['run']> {
    operation.stage = 'queued';
    return this.#pool.run({
      task,
      ...room,
      stillWanted: () => !operation.settled,
      started: () => {
        operation.stage = 'working';
      },
    });
  }
}

type Room = Pick<Job, 'transfer' | 'bytes'>;

/** Bytes in memory that nothing else lies in: transferring a view would take its neighbours along. */
function exclusive(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer } = bytes;
  if (buffer instanceof ArrayBuffer && buffer.byteLength === bytes.byteLength) {
    return new Uint8Array(buffer);
  }
  return new Uint8Array(bytes);
}

function unexpected(kind: string): OffloopError {
  return new OffloopError('ERR_WORKER', `a worker answered with ${kind}`);
}
