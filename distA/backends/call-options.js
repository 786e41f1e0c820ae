import { describe, OffloopError } from '../errors.js';
import { assertKnownOptions } from './arguments.js';
/** The names of {@link CallOptions}. */
export const CALL_OPTIONS = ['signal', 'timeoutMs', 'retry'];
const RETRY_OPTIONS = new Set([
    'attempts',
    'minDelayMs',
    'maxDelayMs',
    'unknownOutcome',
]);
const MIN_TIMEOUT_MS = 10;
const MAX_TIMEOUT_MS = 3_600_000;
const MAX_ATTEMPTS = 100;
const MAX_DELAY_MS = 60_000;
/** What a call asked for; undefined for nothing. Refuses, with `ERR_OPTION`, what is wrong. Names are checked elsewhere. */
export function readCall({ signal, timeoutMs, retry }, { name, retry: standard }) {
    if (signal === undefined && timeoutMs === undefined && retry === undefined)
        return undefined;
    if (signal !== undefined && !(signal instanceof AbortSignal)) {
        throw wrong(`${name}: signal must be an AbortSignal`, signal);
    }
    if (timeoutMs !== undefined)
        assertWhole(`${name}: timeoutMs`, timeoutMs, [MIN_TIMEOUT_MS, MAX_TIMEOUT_MS]);
    return { signal, timeoutMs, retry: readRetry(retry, name, standard) };
}
function readRetry(retry, name, standard) {
    if (retry === undefined)
        return undefined;
    if (retry === false)
        return { ...standard, attempts: 0 };
    assertKnownOptions(retry, RETRY_OPTIONS, `${name}: retry`);
    const { attempts = standard.attempts, minDelayMs = standard.minDelayMs, maxDelayMs = standard.maxDelayMs, unknownOutcome = standard.unknownOutcome, } = retry;
    assertWhole(`${name}: retry.attempts`, attempts, [0, MAX_ATTEMPTS]);
    assertWhole(`${name}: retry.minDelayMs`, minDelayMs, [0, MAX_DELAY_MS]);
    assertWhole(`${name}: retry.maxDelayMs`, maxDelayMs, [0, MAX_DELAY_MS]);
    if (typeof unknownOutcome !== 'boolean')
        throw wrong(`${name}: retry.unknownOutcome must be true or false`, unknownOutcome);
    return { attempts, minDelayMs, maxDelayMs, unknownOutcome };
}
function assertWhole(name, value, [least, most]) {
    if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most)
        return;
    throw wrong(`${name} must be a whole number of ${least} to ${most}`, value);
}
function wrong(text, received) {
    return new OffloopError('ERR_OPTION', `${text}, received ${describe(received)}`);
}
