import { chooseCodec } from '../codec/auto.js';
import type { CodecRegistry } from '../codec/registry.js';
import { displayKey, OffloopError } from '../errors.js';
import { decodePayload } from './decode-payload.js';
import type { MapTask, Missing, Payload } from './tasks.js';
import { encodedPayload } from './worker-encode.js';
import { type FrameFetcher, openFrame } from './worker-fetch.js';

type MapFunction = (value: unknown, ...args: readonly unknown[]) => unknown;

/** Calls a function of the user's on a value. What it returns goes back; what it throws is `ERR_MAP`. */
export async function mapValue(
  task: MapTask,
  { registry, fetcher }: { readonly registry: CodecRegistry; readonly fetcher: FrameFetcher },
): Promise<Payload | Missing> {
  // Before the value is got: a function that is not there needs none.
  const call = await load(task);
  const whole = await fetcher.whole(task);
  if (!whole) return { kind: 'missing', found: false };
  const { storedBytes, ...opened } = openFrame(whole);
  const value = decodePayload(registry, opened);
  let result: unknown;
  try {
    result = await call(value, ...task.args);
  } catch (error) {
    // Its message may quote the value.
    const name = error instanceof Error ? displayName(error.name) : 'something that is no Error';
    throw failure(task, `threw ${name}`);
  }
  if (result === undefined) return { kind: 'missing', found: true };
  return encodedPayload(chooseCodec(result), result, storedBytes);
}

async function load(task: MapTask): Promise<MapFunction> {
  let exports: Record<string, unknown>;
  try {
    exports = await import(task.module);
  } catch {
    throw failure(task, 'is in a module that cannot be imported');
  }
  const found = Object.hasOwn(exports, task.exportName) ? exports[task.exportName] : undefined;
  if (typeof found === 'function') return found as MapFunction;
  throw failure(task, 'is no function that the module exports');
}

function failure({ exportName }: MapTask, reason: string): OffloopError {
  return new OffloopError('ERR_MAP', `map: ${displayKey(exportName)} ${reason}`);
}

const SHOWN_NAME = /^[A-Za-z_$][\w$]{0,47}$/;

function displayName(name: unknown): string {
  return typeof name === 'string' && SHOWN_NAME.test(name) ? name : 'an Error';
}
