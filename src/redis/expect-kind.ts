import { OffloopError } from '../errors.js';
import type { WorkerPool } from '../offload/pool.js';

type Result = Awaited<ReturnType<WorkerPool['run']>>;

/** Holds a worker's answer to the kinds that a task can have. */
export function expectKind<K extends Result['kind']>(
  result: Result,
  kinds: readonly K[],
): Extract<Result, { kind: K }> {
  if ((kinds as readonly string[]).includes(result.kind)) return result as Extract<Result, { kind: K }>;
  throw new OffloopError('ERR_WORKER', `a worker answered with ${result.kind}`);
}
