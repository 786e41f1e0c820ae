import type { MessagePort } from 'node:worker_threads';
import { chooseCodec } from '../codec/auto.js';
import { importFailure, nameOfThrown } from '../codec/import-failure.js';
import type { CodecRegistry } from '../codec/registry.js';
import { displayKey, OffloopError } from '../errors.js';
import { decodePayload } from './decode-payload.js';
import type { MapTask, Missing, Payload } from './tasks.js';
import { timeLeft } from './worker-connections.js';
import { encodedPayload } from './worker-encode.js';
import { type FrameFetcher, openFrame } from './worker-fetch.js';

type UserFunction = (...args: readonly unknown[]) => Promise<unknown>;
type Named = Pick<MapTask, 'module' | 'exportName'>;

/** Calls a function of the user's on a value. What it returns goes back; what it throws is `ERR_MAP`. */
export async function mapValue(
  task: MapTask,
  { registry, fetcher }: { readonly registry: CodecRegistry; readonly fetcher: FrameFetcher },
): Promise<Payload | Missing> {
  const ended = whenClosed(task.end, 'map');
  // Before the value is got: a function that is not there needs none.
  const call = await inTime(task, loadFunction(task, 'map'), ended);
  const whole = await fetcher.whole(task);
  if (!whole) return { kind: 'missing', found: false };
  const { storedBytes, ...opened } = openFrame(whole);
  const value = decodePayload(registry, opened);
  const result = await inTime(task, call(value, ...task.args), ended);
  if (result === undefined) return { kind: 'missing', found: true };
  return encodedPayload(chooseCodec(result), result, storedBytes);
}

/**
 * What a module or a function comes to, unless the time is up before, or nobody waits any more: one that never ends would hold its
 * place in the thread for ever.
 */
async function inTime<T>(task: MapTask, work: Promise<T>, ended: Promise<never>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    const text = `map: ${displayKey(task.exportName)} did not end in time`;
    const expire = (): void => reject(new OffloopError('ERR_TIMEOUT', text));
    timer = setTimeout(expire, timeLeft(task));
  });
  try {
    return await Promise.race([work, limit, ended]);
  } finally {
    clearTimeout(timer);
  }
}

/** Rejects when nobody waits any more. */
export function whenClosed(end: MessagePort, call: string): Promise<never> {
  const closed = new Promise<never>((_, reject) => {
    const abort = (): void =>
      reject(new OffloopError('ERR_ABORTED', `${call}: nobody waits for it any more`));
    end.once('close', abort);
  });
  // It closes in any case, also where the function has ended or was not there.
  closed.catch(() => {});
  return closed;
}

/** A function of the user's, which rejects with `ERR_MAP` where it throws. Throws `ERR_MAP` where it is not there. */
export async function loadFunction(task: Named, call: string): Promise<UserFunction> {
  let exports: Record<string, unknown>;
  try {
    exports = await import(task.module);
  } catch (error) {
    const reason = importFailure(task.module, error);
    throw failure(task, call, `is in a module that cannot be imported, ${task.module}: ${reason}`);
  }
  const found = Object.hasOwn(exports, task.exportName) ? exports[task.exportName] : undefined;
  if (typeof found === 'function') return guarded(found as UserFunction, task, call);
  throw failure(task, call, 'is no function that the module exports');
}

function guarded(work: UserFunction, task: Named, call: string): UserFunction {
  return async (...args) => {
    try {
      return await work(...args);
    } catch (error) {
      // Its message may quote the value.
      throw failure(task, call, `threw ${nameOfThrown(error)}`);
    }
  };
}

function failure({ exportName }: Named, call: string, reason: string): OffloopError {
  return new OffloopError('ERR_MAP', `${call}: ${displayKey(exportName)} ${reason}`);
}
