import type { PoolStats } from '../stats.js';
import { Encodings } from './encodings.js';
import { type HeldWork } from './roll-call.js';
import type { Task, TaskResult } from './tasks.js';
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
    readonly transfer: ArrayBuffer[];
    /** Bytes that it will hold, for the limit on bytes in flight. */
    readonly bytes: number;
    /** Whether anybody still waits for the answer. */
    stillWanted(): boolean;
    /** Called as it is given to a thread. */
    started(): void;
}
/** A piscina pool of this process, counted by its users. */
export declare class WorkerPool {
    #private;
    readonly settings: PoolSettings;
    /** Values that main encodes for the threads to store. */
    readonly encodings: Encodings;
    /** The pool of these settings, made where there is none. Each `acquire` wants one `release`. */
    static acquire(settings: PoolSettings): WorkerPool;
    private constructor();
    /** Runs a job when there is room for it. Rejects with the task's own error, `ERR_OVERLOADED` or `ERR_WORKER`. */
    run(job: Job): Promise<Exclude<TaskResult, {
        kind: 'failed';
    }>>;
    stats(): PoolStats;
    /** The end of one use. With the last one the threads end. What runs must have been waited for. */
    release(): Promise<void>;
}
/** A result whose buffers are handed over to the main thread instead of copied. For the worker's side. */
export declare function transferring(result: TaskResult, buffers: ArrayBuffer[]): TaskResult;
