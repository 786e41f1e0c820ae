import { OffloopError } from '../errors.js';
import { claimedBytes } from '../frame/frame.js';
/** What makes a stored value unreadable, as opposed to unreachable. */
const UNREADABLE = [
    'ERR_CORRUPT',
    'ERR_LIMIT',
    'ERR_INTEGRITY',
    'ERR_KEY_ID',
    'ERR_CODEC',
    'ERR_COMPRESSION',
    'ERR_MISSING_PACKAGE',
];
/** What comes of reads: counts them, and tells of what could not be read. */
export class ReadReport {
    #settings;
    #counters;
    #onUnreadable;
    constructor(settings, counters, onUnreadable) {
        this.#settings = settings;
        this.#counters = counters;
        this.#onUnreadable = onUnreadable;
    }
    missed() {
        this.#counters.misses++;
    }
    /** A call that asked for a value has found it. */
    hit() {
        this.#counters.hits++;
    }
    /** Something was read of a value; the answer is the value. */
    read(plan, { value, storedBytes }) {
        this.#counters.reads[plan]++;
        this.#counters.bytesRead += storedBytes;
        return value;
    }
    /** What could not be read is a miss where that was asked for; anything else is thrown again. */
    unreadable(key, error) {
        if (!this.#isUnreadable(key, error) || this.#settings.onCorrupt === 'throw')
            throw error;
        return this.missed();
    }
    /** As {@link unreadable}, of a value that is known to be there: it cannot be a miss any more. */
    unreadablePart(key, error) {
        this.#isUnreadable(key, error);
        throw error;
    }
    /** Throws `ERR_VALUE_TOO_LARGE` where a frame claims more than may be. */
    checkSize(header) {
        const { maxValueBytes } = this.#settings;
        const bytes = claimedBytes(header);
        if (bytes <= maxValueBytes)
            return;
        throw new OffloopError('ERR_VALUE_TOO_LARGE', `the stored value takes ${bytes} bytes, over the limit of ${maxValueBytes} (maxValueBytes)`);
    }
    #isUnreadable(key, error) {
        if (!(error instanceof OffloopError) || !UNREADABLE.includes(error.code))
            return false;
        this.#counters.corrupt++;
        this.#onUnreadable(key, error);
        return true;
    }
}
