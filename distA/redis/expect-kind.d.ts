import type { WorkerPool } from '../offload/pool.js';
type Result = Awaited<ReturnType<WorkerPool['run']>>;
/** Holds a worker's answer to the kinds that a task can have. */
export declare function expectKind<K extends Result['kind']>(result: Result, kinds: readonly K[]): Extract<Result, {
    kind: K;
}>;
export {};
