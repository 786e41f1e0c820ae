import type { MessagePort } from 'node:worker_threads';
import { Piscina } from 'piscina';
import { type ErrorCode, OffloopError } from '../errors.js';
import type { PoolStats } from '../stats.js';
import { Admission } from './admission.js';
import { Encodings } from './encodings.js';
import { type HeldWork, RollCall } from './roll-call.js';
import type { Task, TaskResult } from './tasks.js';
import { withRoom } from './thread-room.js';
import { Turns } from './turns.js';

/** The settings that make a pool; backends with the same ones share it. */
export interface PoolSettings {
  readonly minThreads: number;
  readonly maxThreads: number;
  readonly tasksPerThread: number;
  readonly idleTimeoutMs: number;
  readonly maxQueue: number;
  readonly maxBytesInFlight: number;
  readonly maxHeapMb: number;
  readonly niceness: number;
}

/** A task with what has to be known of it on main. */
export interface Job extends HeldWork {
  readonly task: Task;
  /** Buffers that are handed over and are empty here afterwards. */
  readonly transfer: (ArrayBuffer | MessagePort)[];
  /** Bytes that it will hold, for the limit on bytes in flight. */
  readonly bytes: number;
  /** What is handed over, once more, where a read needs that. @default it can be given again as it is, or not at all */
  readonly again?: (() => Pick<Job, 'task' | 'transfer'>) | undefined;
  /** Whether anybody still waits for the answer. */
  stillWanted(): boolean;
  /** Called as it is given to a thread. */
  started(): void;
}

/**
 * The young generation of a thread in MB. Node ends a thread whose heap is full, and grants it 16 MB more for the collection that found
 * it out. With the 48 MB that is the default of the engine, of which a third may survive at once, that was not enough on Node 22 and 24 at
 * some sizes of heap: the engine then ends the process.
 */
const YOUNG_MB = 24;

const WORKER = new URL('./worker-entry.cjs', import.meta.url).href;
const pools = new Map<string, WorkerPool>();
/** Of the whole process: results of all pools land on the one main thread. */
const turns = new Turns();

/** A piscina pool of this process, counted by its users. */
export class WorkerPool {
  readonly settings: PoolSettings;
  readonly #name: string;
  /** Values that main encodes for the threads to store. */
  readonly encodings: Encodings;
  readonly #admission: Admission;
  /** Finds the threads that hang. */
  readonly #rollCall = new RollCall(() => this.#piscina?.threads ?? []);
  #users = 0;
  #threadFaults = 0;
  #piscina: Piscina | undefined;

  /** The pool of these settings, made where there is none. Each `acquire` wants one `release`. */
  static acquire(settings: PoolSettings): WorkerPool {
    const name = JSON.stringify(settings);
    const pool = pools.get(name) ?? new WorkerPool(settings, name);
    pools.set(name, pool);
    pool.#users++;
    return pool;
  }

  private constructor(settings: PoolSettings, name: string) {
    this.settings = settings;
    this.#name = name;
    this.encodings = new Encodings({ maxBytes: settings.maxBytesInFlight, maxQueue: settings.maxQueue });
    this.#admission = new Admission({
      maxRunning: settings.maxThreads * settings.tasksPerThread,
      maxQueue: settings.maxQueue,
      maxBytes: settings.maxBytesInFlight,
    });
  }

  /** Runs a job when there is room for it. Rejects with the task's own error, `ERR_OVERLOADED` or `ERR_WORKER`. */
  async run(job: Job): Promise<Exclude<TaskResult, { kind: 'failed' }>> {
    const admitted = await this.#admission.enter(job.bytes, () => job.stillWanted());
    if (!admitted) throw unwanted();
    try {
      // A signal may have fired between the admission and this line, and its caller been told that nothing was sent.
      if (!job.stillWanted()) throw unwanted();
      job.started();
      const result = await this.#post(job);
      await turns.next();
      if (result.kind === 'failed') throw new OffloopError(result.code, result.message, result.outcome);
      return result;
    } finally {
      this.#admission.release(job.bytes);
    }
  }

  stats(): PoolStats {
    return {
      threads: this.#piscina?.threads.length ?? 0,
      running: this.#admission.running,
      queued: this.#admission.queued,
      bytesInFlight: this.#admission.bytes,
      threadFaults: this.#threadFaults,
      hungThreads: this.#rollCall.ended,
    };
  }

  /** The end of one use. With the last one the threads end. What runs must have been waited for. */
  async release(): Promise<void> {
    if (--this.#users > 0) return;
    pools.delete(this.#name);
    this.#rollCall.close();
    const piscina = this.#piscina;
    this.#piscina = undefined;
    await piscina?.destroy();
  }

  async #post(job: Job): Promise<TaskResult> {
    try {
      return await this.#give(job);
    } catch (error) {
      // Another's work had the thread end. A read does no harm a second time; the value of a write has gone with the thread.
      const isVictim = wasLost(error) && job.stillWanted();
      if (isVictim && REPEATABLE.has(job.task.kind)) return this.#give(job).catch(rethrow(job));
      if (isVictim && job.again) return this.#give({ ...job, ...job.again() }).catch(rethrow(job));
      return rethrow(job)(error);
    }
  }

  async #give(job: Job): Promise<TaskResult> {
    this.#rollCall.began(job);
    try {
      const message: unknown = await this.#hand(job);
      return takenOut(message as TaskResult);
    } finally {
      this.#rollCall.finished(job);
    }
  }

  #hand({ task, transfer }: Job): Promise<unknown> {
    const { maxThreads, maxHeapMb } = this.settings;
    const threads = (): number => this.#piscina?.threads.length ?? 0;
    const run = (): Promise<unknown> => {
      this.#piscina ??= this.#start();
      return this.#piscina.run(task, { transferList: transfer });
    };
    return threads() < maxThreads ? withRoom(maxHeapMb, threads, run) : run();
  }

  #start(): Piscina {
    const { minThreads, maxThreads, tasksPerThread, idleTimeoutMs, maxHeapMb, niceness } = this.settings;
    const piscina = new Piscina({
      filename: WORKER,
      minThreads,
      maxThreads,
      idleTimeout: idleTimeoutMs,
      concurrentTasksPerWorker: tasksPerThread,
      // Admission alone decides what waits: piscina's own limit does not hold where signals are used.
      maxQueue: Number.POSITIVE_INFINITY,
      // 'sync' would block a worker between tasks, and with it the socket that it owns.
      atomics: 'disabled',
      // Where cores are short the event loop's thread goes first.
      niceIncrement: process.platform === 'linux' ? niceness : 0,
      resourceLimits: { maxOldGenerationSizeMb: maxHeapMb, maxYoungGenerationSizeMb: YOUNG_MB },
      // Flags of the process such as --input-type make no sense for a worker's file and end it.
      execArgv: [],
    });
    // A fault of an idle worker is reported here, and would end the process if nobody listened.
    piscina.on('error', () => {
      this.#threadFaults++;
    });
    return piscina;
  }
}

/**
 * A result, out of the object in which piscina gives it. On Node 20 to 24 what belongs to a task that is done is kept by what
 * belongs to the one before it until the engine collects its old generation, and so would be all values that were read.
 */
function takenOut(message: TaskResult): TaskResult {
  const result = { ...message };
  for (const name of Object.keys(message)) Reflect.set(message, name, undefined);
  return result;
}

/** A result whose buffers are handed over to the main thread instead of copied. For the worker's side. */
export function transferring(result: TaskResult, buffers: ArrayBuffer[]): TaskResult {
  // piscina knows a movable thing by two symbols; its types ask for others, which do not exist.
  return Piscina.move(new Movable(result, buffers) as unknown as ArrayBuffer) as unknown as TaskResult;
}

/** A class, not a literal: see {@link HeldWork}. */
class Movable {
  readonly #result: TaskResult;
  readonly #buffers: ArrayBuffer[];

  constructor(result: TaskResult, buffers: ArrayBuffer[]) {
    this.#result = result;
    this.#buffers = buffers;
  }

  get [Piscina.transferableSymbol](): ArrayBuffer[] {
    return this.#buffers;
  }

  get [Piscina.valueSymbol](): TaskResult {
    return this.#result;
  }
}

function unwanted(): OffloopError {
  return new OffloopError('ERR_OVERLOADED', 'nobody waits for this large value any more', 'not-applied');
}

/** Tasks that only read, and need nothing that was handed over. */
const REPEATABLE: ReadonlySet<Task['kind']> = new Set([
  'fetch',
  'fetchFirst',
  'fetchRange',
  'fetchGraph',
  'fetchPart',
  'fetchView',
]);

function rethrow({ task }: Job): (error: unknown) => never {
  return (error) => {
    const ours = workerFault(error);
    const writes = task.kind === 'store' || task.kind === 'storeGraph';
    throw ours.code === 'ERR_WORKER' && writes
      ? new OffloopError('ERR_WORKER', `${ours.message}; the outcome is unknown`, 'unknown')
      : ours;
  };
}

/** Whether the thread ended; where its heap was full, by this very work as likely as by another's. */
function wasLost(error: unknown): boolean {
  const { name, code } = signsOf(error);
  return name !== 'DataCloneError' && code !== 'ERR_WORKER_OUT_OF_MEMORY';
}

/** What an error of piscina or of Node is told by. */
function signsOf(error: unknown): { readonly name?: unknown; readonly code?: unknown } {
  return typeof error === 'object' && error !== null ? error : {};
}

function workerFault(error: unknown): OffloopError {
  const { name, code } = signsOf(error);
  const [ours, text]: [ErrorCode, string] =
    name === 'DataCloneError'
      ? ['ERR_VALUE', 'value cannot be sent to a worker: it holds something that structured clone refuses']
      : code === 'ERR_WORKER_OUT_OF_MEMORY'
        ? ['ERR_WORKER', 'a worker thread ran out of heap (pool.maxHeapMb)']
        : ['ERR_WORKER', 'a worker thread failed while it held the value'];
  return new OffloopError(ours, text);
}
