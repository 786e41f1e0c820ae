import { describe, OffloopError } from '../errors.js';
import type { Call } from '../redis/call.js';
import type { RetrySettings } from '../redis/retry.js';
import { assertKnownOptions } from './arguments.js';

/** When what failed is tried again. */
export interface RetryOptions {
  /** Further attempts after the first, 0 to 100. @default 0 */
  readonly attempts?: number | undefined;
  /** The longest pause before the first of them, in ms, 0 to 60,000; it doubles from there, and each is a random part of it. @default 50 */
  readonly minDelayMs?: number | undefined;
  /** The longest pause, in ms, 0 to 60,000. @default 1000 */
  readonly maxDelayMs?: number | undefined;
  /** Whether a write is tried again of which nobody knows whether it was done: it may then be done twice. @default false */
  readonly unknownOutcome?: boolean | undefined;
}

/** Options of a call on a `RedisBackend`. */
export interface CallOptions {
  /**
   * Answers the call with `ERR_ABORTED` as soon as it fires, its reason as the `cause`. What has not been sent by then never is; what has been is
   * not taken back, and the next calls on the key still come after it.
   * @default none
   */
  readonly signal?: AbortSignal | undefined;
  /**
   * Milliseconds for the call, waiting and further attempts included, 10 to 3,600,000; of a `clear` for one step.
   * @default that of the backend
   */
  readonly timeoutMs?: number | undefined;
  /**
   * When a call is tried again that failed for want of a connection or of room. `false`: never. What is not given is as the
   * backend has it.
   * @default that of the backend
   */
  readonly retry?: RetryOptions | false | undefined;
}

/** The names of {@link CallOptions}. */
export const CALL_OPTIONS = ['signal', 'timeoutMs', 'retry'] as const satisfies (keyof CallOptions)[];

const RETRY_OPTIONS: ReadonlySet<string> = new Set([
  'attempts',
  'minDelayMs',
  'maxDelayMs',
  'unknownOutcome',
] satisfies (keyof RetryOptions)[]);

const MIN_TIMEOUT_MS = 10;
const MAX_TIMEOUT_MS = 3_600_000;
const MAX_ATTEMPTS = 100;
const MAX_DELAY_MS = 60_000;

/** What a call asked for; undefined for nothing. Refuses, with `ERR_OPTION`, what is wrong. Names are checked elsewhere. */
export function readCall(
  { signal, timeoutMs, retry }: CallOptions,
  { name, retry: standard }: { readonly name: string; readonly retry: RetrySettings },
): Call | undefined {
  if (signal === undefined && timeoutMs === undefined && retry === undefined) return undefined;
  if (signal !== undefined && !(signal instanceof AbortSignal)) {
    throw wrong(`${name}: signal must be an AbortSignal`, signal);
  }
  if (timeoutMs !== undefined) assertWhole(`${name}: timeoutMs`, timeoutMs, [MIN_TIMEOUT_MS, MAX_TIMEOUT_MS]);
  return { signal, timeoutMs, retry: readRetry(retry, name, standard) };
}

function readRetry(
  retry: RetryOptions | false | undefined,
  name: string,
  standard: RetrySettings,
): RetrySettings | undefined {
  if (retry === undefined) return undefined;
  if (retry === false) return { ...standard, attempts: 0 };
  assertKnownOptions(retry, RETRY_OPTIONS, `${name}: retry`);
  const {
    attempts = standard.attempts,
    minDelayMs = standard.minDelayMs,
    maxDelayMs = standard.maxDelayMs,
    unknownOutcome = standard.unknownOutcome,
  } = retry;
  assertWhole(`${name}: retry.attempts`, attempts, [0, MAX_ATTEMPTS]);
  assertWhole(`${name}: retry.minDelayMs`, minDelayMs, [0, MAX_DELAY_MS]);
  assertWhole(`${name}: retry.maxDelayMs`, maxDelayMs, [0, MAX_DELAY_MS]);
  if (typeof unknownOutcome !== 'boolean')
    throw wrong(`${name}: retry.unknownOutcome must be true or false`, unknownOutcome);
  return { attempts, minDelayMs, maxDelayMs, unknownOutcome };
}

function assertWhole(name: string, value: unknown, [least, most]: readonly [number, number]): void {
  if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return;
  throw wrong(`${name} must be a whole number of ${least} to ${most}`, value);
}

function wrong(text: string, received: unknown): OffloopError {
  return new OffloopError('ERR_OPTION', `${text}, received ${describe(received)}`);
}
