/**
 * Every error that Offloop throws or rejects with. It never carries a stored value, a password or another
 * library's error object; a key appears only as a bounded, escaped piece (see {@link displayKey}).
 */
export class OffloopError extends Error {
    /** What happened, stable across versions. */
    code;
    /** Of writes of a Redis backend that failed after they were accepted, and of no other call. */
    outcome;
    constructor(code, message, outcome) {
        super(message);
        this.name = 'OffloopError';
        this.code = code;
        this.outcome = outcome;
    }
}
/** Code `ERR_BATCH`: some entries of a batch failed, and all others stand. */
export class BatchError extends OffloopError {
    /** The entries that failed, in the order of the batch. The `outcome` of the whole is `unknown` where that of one is. */
    failures;
    constructor(operation, total, failures) {
        const first = failures[0];
        const detail = first ? `; the first: ${displayKey(first.key)}: ${first.error.message}` : '';
        const outcomes = failures.map(({ error }) => error.outcome);
        super('ERR_BATCH', `${operation}: ${failures.length} of ${total} entries failed${detail}`, outcomes.includes('unknown') ? 'unknown' : outcomes[0]);
        this.failures = failures;
    }
}
const SHOWN_KEY_CHARACTERS = 48;
/** A key for a message: quoted, escaped, at most 48 characters of it. */
export function displayKey(key) {
    return key.length <= SHOWN_KEY_CHARACTERS
        ? JSON.stringify(key)
        : `${JSON.stringify(key.slice(0, SHOWN_KEY_CHARACTERS))}… (${key.length} characters)`;
}
/** What was received, for a message: its type, and the value itself only where it is a number or a boolean. */
export function describe(value) {
    if (value === null)
        return 'null';
    if (typeof value === 'number' || typeof value === 'boolean')
        return `${value} (${typeof value})`;
    if (typeof value === 'bigint')
        return 'a bigint';
    if (value === undefined)
        return 'undefined';
    if (typeof value === 'string')
        return value === '' ? 'an empty string' : `a string of ${value.length} characters`;
    if (typeof value === 'function')
        return 'a function';
    if (typeof value === 'symbol')
        return 'a symbol';
    if (Array.isArray(value))
        return `an array of ${value.length}`;
    const name = Object.getPrototypeOf(value)?.constructor?.name;
    return typeof name === 'string' && name !== 'Object' ? `an instance of ${name}` : 'an object';
}
/** Makes any thrown thing one of ours; what already is passes through. Takes over no foreign message. */
export function asOffloopError(error, code, message) {
    return error instanceof OffloopError ? error : new OffloopError(code, message);
}
/** The error of a write that was refused before anything of it was sent. */
export function asNotApplied(error) {
    if (!(error instanceof OffloopError) || error.outcome !== undefined)
        return error;
    return new OffloopError(error.code, error.message, 'not-applied');
}
