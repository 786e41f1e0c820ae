import { describe, OffloopError } from '../errors.js';
import type { BenchValue } from './bench.js';

/** The list itself, else `ERR_OPTION` that names the option. */
export function listOf<T>(name: string, value: readonly T[]): readonly T[] {
  if (Array.isArray(value)) return value;
  throw refused(name, 'a list', value);
}

/** The same of a list that nothing can be done with where it is empty. */
export function filledListOf<T>(name: string, value: readonly T[]): readonly T[] {
  if (listOf(name, value).length > 0) return value;
  throw refused(name, 'a list of one or more', value);
}

/** Values with what they are called and their size, one at least, else `ERR_OPTION`. */
export function valuesOf(name: string, values: readonly BenchValue[]): readonly BenchValue[] {
  for (const [index, entry] of filledListOf(name, values).entries()) {
    const given: unknown = entry;
    const fits =
      typeof given === 'object' &&
      given !== null &&
      'value' in given &&
      'label' in given &&
      typeof given.label === 'string' &&
      'bytes' in given &&
      typeof given.bytes === 'number';
    if (!fits) throw refused(`${name}[${index}]`, 'an object with label, bytes and value', given);
  }
  return values;
}

/**
 * Refuses, with `ERR_OPTION`, options that are none at all, and among them what is no URL's text, no signal, or no function where one is
 * to be called.
 */
export function assertRunOptions(
  options: { readonly url: unknown; readonly signal?: unknown } | undefined,
  where: string,
): void {
  if (options === undefined) throw refused(`${where}: options`, 'an object', options);
  const { url, signal } = options;
  if (typeof url !== 'string') throw refused('url', 'a string', url);
  if (signal !== undefined && !(signal instanceof AbortSignal)) {
    throw refused('signal', 'an AbortSignal', signal);
  }
  for (const [name, value] of Object.entries(options)) {
    if (name.startsWith('on') && value !== undefined && typeof value !== 'function') {
      throw refused(name, 'a function', value);
    }
  }
}

/** The `ERR_OPTION` for what is not as it must be. */
export function refused(name: string, must: string, received: unknown): OffloopError {
  return new OffloopError('ERR_OPTION', `${name} must be ${must}, received ${describe(received)}`);
}
