/**
 * The stable codes of Offloop's errors. A code never changes its meaning; a message may change its wording.
 *
 * | code | what happened |
 * | --- | --- |
 * | `ERR_OPTION` | an option is unknown, of the wrong type or out of its bounds |
 * | `ERR_URL` | the connection URL cannot be used |
 * | `ERR_KEY` | a key or a prefix is no well-formed, non-empty string |
 * | `ERR_TTL` | a TTL is no finite number of seconds within the bounds |
 * | `ERR_VALUE` | the value holds something that the codec would lose, or cannot be read |
 * | `ERR_PATH` | a path or a range is malformed, or leads to what cannot be sliced |
 * | `ERR_VALUE_TOO_LARGE` | the value is over `maxValueBytes` |
 * | `ERR_CHANGED` | the value that a handle was opened on was replaced or has gone |
 * | `ERR_MAP` | the function of a `map`, or of a factory by module, is not there, or threw |
 * | `ERR_FACTORY_TIMEOUT` | the factory of a `getOrSet` took longer than its `hardTimeout` |
 * | `ERR_ABORTED` | the caller's AbortSignal fired |
 * | `ERR_CLOSED` | the backend was closed |
 * | `ERR_TIMEOUT` | the operation did not finish within its time |
 * | `ERR_OVERLOADED` | a limit of the pool or of `overload` was reached and no room came free in time |
 * | `ERR_UNAVAILABLE` | the breaker is open: Redis did not answer the last calls, and was not asked |
 * | `ERR_WORKER` | a worker thread failed while it held the operation |
 * | `ERR_CORRUPT` | the stored bytes are not a frame that verifies |
 * | `ERR_LIMIT` | the stored value is over one of the `limits` of what is read |
 * | `ERR_INTEGRITY` | the stored value was changed or moved by somebody without the key, or is not sealed at all |
 * | `ERR_KEY_ID` | the stored value is sealed by a key that is not given |
 * | `ERR_CODEC` | a codec is unknown, or a custom codec failed |
 * | `ERR_COMPRESSION` | a compression is not available here, or failed |
 * | `ERR_MISSING_PACKAGE` | an optional package is not installed |
 * | `ERR_FLUSH_FORBIDDEN` | `clear()` without a prefix while `allowFlush` is false |
 * | `ERR_BATCH` | entries of a batch failed: see `failures` |
 * | `ERR_CONNECTION` | Redis cannot be reached, or the connection was lost |
 * | `ERR_AUTH` | Redis refused the user name or the password |
 * | `ERR_AUTH_REQUIRED` | Redis asks for a password, and none was given |
 * | `ERR_PERMISSION` | the Redis user may not do this |
 * | `ERR_WRONG_TYPE` | the key holds another type than a string |
 * | `ERR_OUT_OF_MEMORY` | Redis is at `maxmemory` and its policy evicts nothing |
 * | `ERR_READONLY` | the server is a read-only replica, or refuses writes because it cannot save |
 * | `ERR_LOADING` | the server is loading its data set |
 * | `ERR_DISK` | the disk backend's store cannot be opened, read or written |
 * | `ERR_SERVER` | any other error reply of Redis |
 */
export type ErrorCode =
  | 'ERR_OPTION'
  | 'ERR_URL'
  | 'ERR_KEY'
  | 'ERR_TTL'
  | 'ERR_VALUE'
  | 'ERR_PATH'
  | 'ERR_VALUE_TOO_LARGE'
  | 'ERR_CHANGED'
  | 'ERR_MAP'
  | 'ERR_FACTORY_TIMEOUT'
  | 'ERR_ABORTED'
  | 'ERR_CLOSED'
  | 'ERR_TIMEOUT'
  | 'ERR_OVERLOADED'
  | 'ERR_UNAVAILABLE'
  | 'ERR_WORKER'
  | 'ERR_CORRUPT'
  | 'ERR_LIMIT'
  | 'ERR_INTEGRITY'
  | 'ERR_KEY_ID'
  | 'ERR_CODEC'
  | 'ERR_COMPRESSION'
  | 'ERR_MISSING_PACKAGE'
  | 'ERR_FLUSH_FORBIDDEN'
  | 'ERR_BATCH'
  | 'ERR_CONNECTION'
  | 'ERR_AUTH'
  | 'ERR_AUTH_REQUIRED'
  | 'ERR_PERMISSION'
  | 'ERR_WRONG_TYPE'
  | 'ERR_OUT_OF_MEMORY'
  | 'ERR_READONLY'
  | 'ERR_LOADING'
  | 'ERR_DISK'
  | 'ERR_SERVER';

/**
 * What a write that failed has done. `not-applied`: nothing, and nothing of it will come. `unknown`: it was sent, and whether it
 * was done, or still will be, nobody knows.
 */
export type Outcome = 'not-applied' | 'unknown';

/**
 * Every error that Offloop throws or rejects with. It never carries a stored value, a password or another
 * library's error object; a key appears only as a bounded, escaped piece (see {@link displayKey}). Its `cause` is what the caller's
 * own code gave: the reason of his AbortSignal, or what his source of a `setStream` threw; others have none.
 */
export class OffloopError extends Error {
  /** What happened, stable across versions. */
  readonly code: ErrorCode;
  /** Of writes of a Redis backend that failed after they were accepted, and of no other call. */
  readonly outcome: Outcome | undefined;

  constructor(code: ErrorCode, message: string, outcome?: Outcome, options?: ErrorOptions) {
    super(message, options);
    this.name = 'OffloopError';
    this.code = code;
    this.outcome = outcome;
  }
}

/** One entry of a batch that failed. */
export interface BatchFailure {
  /** The key as the caller gave it. */
  readonly key: string;
  /** Why it failed. */
  readonly error: OffloopError;
}

/** Code `ERR_BATCH`: some entries of a batch failed, and all others stand. */
export class BatchError extends OffloopError {
  /** The entries that failed, in the order of the batch. The `outcome` of the whole is `unknown` where that of one is. */
  readonly failures: readonly BatchFailure[];

  constructor(operation: string, total: number, failures: readonly BatchFailure[]) {
    const first = failures[0];
    const detail = first ? `; the first: ${displayKey(first.key)}: ${first.error.message}` : '';
    const outcomes = failures.map(({ error }) => error.outcome);
    super(
      'ERR_BATCH',
      `${operation}: ${failures.length} of ${total} entries failed${detail}`,
      outcomes.includes('unknown') ? 'unknown' : outcomes[0],
    );
    this.failures = failures;
  }
}

const SHOWN_KEY_CHARACTERS = 48;

/** A key for a message: quoted, escaped, at most 48 characters of it. */
export function displayKey(key: string): string {
  return key.length <= SHOWN_KEY_CHARACTERS
    ? JSON.stringify(key)
    : `${JSON.stringify(key.slice(0, SHOWN_KEY_CHARACTERS))}… (${key.length} characters)`;
}

/** What was received, for a message: its type, and the value itself only where it is a number or a boolean. */
export function describe(value: unknown): string {
  if (value === null) return 'null';
  if (typeof value === 'number' || typeof value === 'boolean') return `${value} (${typeof value})`;
  if (typeof value === 'bigint') return 'a bigint';
  if (value === undefined) return 'undefined';
  if (typeof value === 'string')
    return value === '' ? 'an empty string' : `a string of ${value.length} characters`;
  if (typeof value === 'function') return 'a function';
  if (typeof value === 'symbol') return 'a symbol';
  try {
    return describeObject(value);
  } catch {
    return 'an object that cannot be read';
  }
}

/** Throws where the value is a proxy that does. */
function describeObject(value: object): string {
  if (Array.isArray(value)) return `an array of ${value.length}`;
  const name = Object.getPrototypeOf(value)?.constructor?.name;
  return typeof name === 'string' && name !== 'Object' ? `an instance of ${name}` : 'an object';
}

/** What was received where a value may be a secret, or a user's data: its type alone. */
export function describeType(value: unknown): string {
  return typeof value === 'number' || typeof value === 'boolean' ? `a ${typeof value}` : describe(value);
}

/** Makes any thrown thing one of ours; what already is passes through. Takes over no foreign message. */
export function asOffloopError(error: unknown, code: ErrorCode, message: string): OffloopError {
  return error instanceof OffloopError ? error : new OffloopError(code, message);
}

/** The error of a write that was refused before anything of it was sent. */
export function asNotApplied(error: unknown): unknown {
  if (!(error instanceof OffloopError) || error.outcome !== undefined) return error;
  return restated(error, error.message, 'not-applied');
}

/** The error in other words, with what it was caused by. */
export function restated(error: OffloopError, message: string, outcome: Outcome | undefined): OffloopError {
  return new OffloopError(
    error.code,
    message,
    outcome,
    'cause' in error ? { cause: error.cause } : undefined,
  );
}
