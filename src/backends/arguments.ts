import { asOffloopError, describe, displayKey, OffloopError } from '../errors.js';
import { MAX_TTL_SECONDS } from './cache-backend.js';

/**
 * Refuses what cannot be a key, with `ERR_KEY`. A key is a non-empty string of well-formed UTF-16: a lone surrogate
 * has no UTF-8 form, so two different keys would become one on the way to a server.
 * @param name what the message calls it. @default 'a key'
 */
export function assertKey(key: unknown, name = 'a key'): asserts key is string {
  if (typeof key === 'string' && key !== '' && key.isWellFormed()) return;
  if (typeof key !== 'string' || key === '') {
    throw new OffloopError('ERR_KEY', `${name} must be a non-empty string, received ${describe(key)}`);
  }
  throw new OffloopError(
    'ERR_KEY',
    `${name} must be well-formed, received a lone surrogate in ${displayKey(key)}`,
  );
}

/**
 * A TTL in seconds as whole milliseconds, rounded, 1 at least; `undefined` stands for none. Refuses with `ERR_TTL`
 * what is no number above 0 and up to {@link MAX_TTL_SECONDS}.
 * @param name what the message calls it. @default 'ttl'
 */
export function ttlToMilliseconds(ttl: unknown, name = 'ttl'): number | undefined {
  if (ttl === undefined) return undefined;
  if (typeof ttl === 'number' && ttl > 0 && ttl <= MAX_TTL_SECONDS)
    return Math.max(1, Math.round(ttl * 1000));
  throw new OffloopError(
    'ERR_TTL',
    `${name} must be a number of seconds above 0 and at most ${MAX_TTL_SECONDS}, received ${describe(ttl)}`,
  );
}

/** Refuses, with `ERR_VALUE`, what is no value as a whole: `undefined` (it means a miss), a function, a symbol. */
export function assertStorable(value: unknown): void {
  if (value === undefined || typeof value === 'function' || typeof value === 'symbol') {
    throw new OffloopError('ERR_VALUE', `value is ${describe(value)}, which cannot be stored`);
  }
}

/**
 * Refuses, with `ERR_OPTION`, options that are no object, that have a name which is not allowed, or that throw when they are read;
 * `undefined` passes. Checks names, not values. `where` begins the message: the class or the method.
 */
export function assertKnownOptions(options: unknown, allowed: ReadonlySet<string>, where: string): void {
  if (options !== undefined) assertGivenOptions(options, allowed, where);
}

/** The same of options that must be there: `undefined` is refused too. */
export function assertGivenOptions(options: unknown, allowed: ReadonlySet<string>, where: string): void {
  try {
    assertKnownNames(options, allowed, where);
    // What could be read once can be read where it is used. By the names that are known: a proxy need not list one that it throws at.
    for (const name of allowed) void (options as Record<string, unknown>)[name];
  } catch (error) {
    throw unreadableAs(error, `${where}: options`);
  }
}

/** The same, without reading what is there: what a proxy throws comes through. */
export function assertKnownNames(
  options: unknown,
  allowed: ReadonlySet<string>,
  where: string,
): asserts options is object {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    throw new OffloopError(
      'ERR_OPTION',
      `${where}: options must be an object, received ${describe(options)}`,
    );
  }
  // Inherited names count too, because reading an option finds them.
  for (const name in options) {
    if (!allowed.has(name)) {
      const known = [...allowed].join(', ');
      throw new OffloopError('ERR_OPTION', `${where}: unknown option ${displayKey(name)}; known: ${known}`);
    }
  }
}

/**
 * Refuses, with `ERR_OPTION`, whatever is given to a call that takes no options: it would be dropped in silence. Not objects alone: a
 * `RedisBackend` refuses an index, of a `keys.map`, as well.
 */
export function assertNoOptions(options: unknown, call: string): void {
  if (options === undefined) return;
  throw new OffloopError('ERR_OPTION', `${call} takes no options, received ${describe(options)}`);
}

/** The error for what threw while it was read. What it threw is the caller's, who has it; one of ours passes through. */
export function unreadableAs(error: unknown, what: string): OffloopError {
  return asOffloopError(error, 'ERR_OPTION', `${what} cannot be read: an accessor or a proxy threw`);
}

/** Refuses, with `ERR_OPTION`, what is no integer from 1 to a limit. */
export function assertInteger(name: string, value: unknown, most: number): asserts value is number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= most) return;
  throw new OffloopError(
    'ERR_OPTION',
    `${name} must be an integer from 1 to ${most}, received ${describe(value)}`,
  );
}

const PLAIN_NAME = /^[A-Za-z_$][\w$]{0,47}$/;

/** One step of the path that a message names: `.name`, `["any key"]` or `[3]`. Bounded in length. */
export function pathSegment(step: string | number): string {
  if (typeof step === 'number') return `[${step}]`;
  return PLAIN_NAME.test(step) ? `.${step}` : `[${displayKey(step)}]`;
}
