import type { CompressionSettings } from '../codec/compression.js';
import type { RegistrySettings } from '../codec/registry.js';
import type { SegmentedPayload } from '../codec/segments.js';
import { giveBack } from '../codec/slabs.js';
import type { KeyRing } from '../frame/key-ring.js';
import type { Encodings } from '../offload/encodings.js';
import type { LearnedPlan } from '../offload/learned-plan.js';
import type { Job, WorkerPool } from '../offload/pool.js';
import type {
  Changed,
  Fetch,
  FetchFirstTask,
  FetchPartTask,
  FetchRangeTask,
  FetchViewTask,
  FirstSegments,
  Graph,
  Keyed,
  Made,
  MakeTask,
  Missing,
  Payload,
  Remote,
  Task,
} from '../offload/tasks.js';
import type { BulkMap, BulkRead, BulkWrite } from './bulk-calls.js';
import { expectKind } from './expect-kind.js';
import type { Operation } from './operation.js';
import { asArray, exclusive } from './own-memory.js';
import type { ConnectionSettings } from './settings.js';

/** Milliseconds for a worker's answer to arrive on main. */
const ANSWER_MS = 20;

/** What all tasks of a backend have in common. */
export interface BulkSettings {
  readonly connection: ConnectionSettings;
  readonly codecs: RegistrySettings;
  readonly compression: CompressionSettings | undefined;
  readonly maxValueBytes: number;
  readonly plan: LearnedPlan;
  readonly ring: KeyRing | undefined;
  /** How much of the time that an operation has left a worker may take, up to 1. @default 1 */
  readonly timeShare?: number;
}

/** Large values, each over the connection of a worker thread, so that no small command waits behind one. */
export class BulkLane {
  readonly #pool: WorkerPool;
  readonly #settings: BulkSettings;
  readonly #connection: string;
  readonly #ring: string | undefined;

  constructor(pool: WorkerPool, settings: BulkSettings) {
    this.#pool = pool;
    this.#settings = settings;
    this.#connection = JSON.stringify(settings.connection);
    this.#ring = settings.ring?.secretText();
  }

  /** Values on their way into this lane that main encodes. */
  get encodings(): Encodings {
    return this.#pool.encodings;
  }

  /**
   * Stores segments. Resolves to the bytes of the frame. Slabs are taken over where they own their memory, unless they may be
   * wanted for another attempt.
   */
  async store(
    operation: Operation,
    { compresses = true, ...write }: BulkWrite,
    payload: SegmentedPayload,
  ): Promise<number> {
    const { compression, maxValueBytes } = this.#settings;
    const own = payload.owned ? asArray : exclusive;
    const slabs = payload.slabs.map(operation.retries ? (slab) => new Uint8Array(slab) : own);
    const task: Task = {
      kind: 'store',
      ...this.#remote(operation),
      ...write,
      payload: { ...payload, slabs },
      compression: compresses ? compression : undefined,
      maxValueBytes,
    };
    const bytes = slabs.reduce((sum, { byteLength }) => sum + byteLength, 0);
    return this.#stored(operation, task, { transfer: slabs.map(({ buffer }) => buffer), bytes });
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

  /** A value's raw payload. */
  async fetch(operation: Operation, read: BulkRead): Promise<Payload | Missing | Changed> {
    return this.#payload(operation, { kind: 'fetch', ...this.#read(operation, read) }, read.bytes);
  }

  /** A value's first segments, from the first `bytes` of it; all of it where it has no others. See {@link FetchFirstTask}. */
  async fetchFirst(
    operation: Operation,
    { bytes, rawBytes, ...read }: BulkRead & Pick<FetchFirstTask, 'rawBytes'>,
  ): Promise<Payload | FirstSegments | Missing | Changed> {
    const task: Task = { kind: 'fetchFirst', ...this.#read(operation, read), bytes, rawBytes };
    const result = await this.#run(operation, task, { transfer: [], bytes });
    return expectKind(result, ['payload', 'first', 'missing', 'changed']);
  }

  /** Further segments of a value. */
  async fetchRange(
    operation: Operation,
    {
      bytes,
      ...range
    }: Pick<FetchRangeTask, 'key' | 'compression' | 'start' | 'rows' | 'sealed' | 'following'> & {
      readonly bytes: number;
    },
  ): Promise<Payload | Missing | Changed> {
    return this.#payload(operation, { kind: 'fetchRange', ...this.#remote(operation), ...range }, bytes);
  }

  /** A value as a worker decoded it; its payload where a graph of it could not cross. */
  async fetchGraph(operation: Operation, read: BulkRead): Promise<Payload | Graph | Missing | Changed> {
    const { codecs } = this.#settings;
    const task: Task = { kind: 'fetchGraph', ...this.#read(operation, read), codecs };
    const result = await this.#run(operation, task, { transfer: [], bytes: read.bytes });
    return expectKind(result, ['payload', 'graph', 'missing', 'changed']);
  }

  /** What is at a path of a value, or some elements of that, as a payload of its own. */
  async fetchPart(
    operation: Operation,
    read: BulkRead & Pick<FetchPartTask, 'path' | 'range'>,
  ): Promise<Payload | Missing | Changed> {
    const { codecs } = this.#settings;
    const { path, range, bytes } = read;
    const fetch = this.#read(operation, read);
    return this.#payload(operation, { kind: 'fetchPart', ...fetch, path, range, codecs }, bytes);
  }

  /** Another form of a value: bytes of no codec, or text as a payload of the raw codec. */
  async fetchView(
    operation: Operation,
    read: BulkRead & Pick<FetchViewTask, 'view'>,
  ): Promise<Payload | Missing | Changed> {
    const { codecs } = this.#settings;
    const { view, bytes } = read;
    const fetch = this.#read(operation, read);
    return this.#payload(operation, { kind: 'fetchView', ...fetch, view, codecs }, bytes);
  }

  /** What a function of the user's returns for a value, as a payload of its own. */
  async map(operation: Operation, read: BulkMap): Promise<Payload | Missing | Changed> {
    const { codecs } = this.#settings;
    const { module, exportName, args, end, bytes } = read;
    const fetch = this.#read(operation, read);
    const task: Task = { kind: 'map', ...fetch, module, exportName, args, end, codecs };
    const result = await this.#run(operation, task, { transfer: [end], bytes });
    return expectKind(result, ['payload', 'missing', 'changed']);
  }

  /** A value that a function of the user's makes. It has all the time that it takes, and teaches nothing of how long others take. */
  async make(
    call: Wanted,
    maker: Omit<MakeTask, 'kind' | 'codecs' | 'maxValueBytes'>,
  ): Promise<Made | Missing> {
    const { codecs, maxValueBytes } = this.#settings;
    const result = await this.#pool.run({
      task: { kind: 'make', ...maker, codecs, maxValueBytes },
      transfer: [maker.end],
      bytes: 0,
      // Overdue as soon as it is given up: a thread that it holds up is ended then.
      endsAt: () => (call.settled ? 0 : Number.POSITIVE_INFINITY),
      stillWanted: () => !call.settled,
      started: () => {},
    });
    return expectKind(result, ['made', 'missing']);
  }

  /** Verifies, opens and decompresses a frame that has arrived on main. */
  async unpack(
    operation: Operation,
    { key, frame }: { readonly key: string; readonly frame: Buffer },
  ): Promise<Payload> {
    const { maxValueBytes } = this.#settings;
    // A copy each time: it is wanted once more should another's work have the thread end.
    const again = (): Pick<Job, 'task' | 'transfer'> => {
      const own = new Uint8Array(frame);
      const task: Task = { kind: 'unpack', ...this.#keyed(key), frame: own, maxValueBytes };
      return { task, transfer: [own.buffer] };
    };
    const { task, transfer } = again();
    const result = await this.#run(operation, task, { transfer, bytes: frame.byteLength, again });
    return expectKind(result, ['payload']);
  }

  #read(operation: Operation, { key, version }: Omit<BulkRead, 'bytes'>): Fetch {
    const { maxValueBytes } = this.#settings;
    return { ...this.#remote(operation), key, version, maxValueBytes };
  }

  #keyed(key: string): Keyed {
    return { key, ring: this.#ring, maxSegments: this.#settings.codecs.limits.maxSegments };
  }

  #remote(operation: Operation): Omit<Remote, 'key'> {
    const { maxSegments } = this.#settings.codecs.limits;
    return {
      connection: this.#connection,
      ring: this.#ring,
      maxSegments,
      idleTimeoutMs: this.#pool.settings.idleTimeoutMs,
      // A little early: what the worker then says is more than "no answer".
      endsAt: performance.timeOrigin + this.#endOf(operation) - ANSWER_MS,
    };
  }

  #endOf({ endsAt }: Operation): number {
    const { timeShare = 1 } = this.#settings;
    if (timeShare === 1) return endsAt;
    const now = performance.now();
    return now + (endsAt - now) * timeShare;
  }

  async #stored(operation: Operation, task: Task, room: Room): Promise<number> {
    const { storedBytes, memory } = expectKind(await this.#run(operation, task, room), ['stored']);
    giveBack(memory);
    return storedBytes;
  }

  async #payload(operation: Operation, task: Task, bytes: number): Promise<Payload | Missing | Changed> {
    const result = await this.#run(operation, task, { transfer: [], bytes });
    return expectKind(result, ['payload', 'missing', 'changed']);
  }

  async #run(operation: Operation, task: Task, room: Room): ReturnType<WorkerPool['run']> {
    operation.leaveCommands();
    operation.stage = 'queued';
    const queued = performance.now();
    let started = queued;
    const result = await this.#pool.run({
      task,
      ...room,
      // A function of the user's is overdue as soon as it is given up: a thread that it holds up is ended then.
      endsAt: () => (task.kind === 'map' && operation.settled ? 0 : operation.endsAt),
      stillWanted: () => !operation.settled,
      started: () => {
        operation.stage = 'working';
        started = performance.now();
      },
    });
    this.#settings.plan.moved({
      queueMs: started - queued,
      bytes: room.bytes,
      ms: performance.now() - started,
    });
    return result;
  }
}

/** Whether anybody still waits for what is done. */
export type Wanted = Pick<Operation, 'settled'>;
type Room = Pick<Job, 'transfer' | 'bytes' | 'again'>;
