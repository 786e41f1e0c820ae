import { segmentRanges } from './segment-ranges.js';
/** Stored bytes of one request. Large enough that what a request costs main does not count, small enough for memory. */
const RANGE_BYTES = 1 << 20;
/** Requests under way at a time: while main decodes one, a worker gets the next. */
const AHEAD = 2;
/** Thrown where the value was replaced while its segments were read. */
export class ReplacedMeanwhile extends Error {
}
/** The segments of a stored value in their order, got piece by piece, a little ahead of whoever takes them. */
export class SegmentFeed {
    #bulk;
    #operation;
    #key;
    #ahead;
    #ranges;
    constructor(bulk, { operation, key, first }) {
        this.#bulk = bulk;
        this.#operation = operation;
        this.#key = key;
        this.#ranges = segmentRanges(first, { of: 'stored', bytes: RANGE_BYTES });
        this.#ahead = [Promise.resolve(first)];
        this.#request();
    }
    /** The next segments; undefined behind the last. */
    async next() {
        const next = this.#ahead.shift();
        if (!next)
            return undefined;
        const segments = await next;
        this.#request();
        return segments;
    }
    #request() {
        while (this.#ahead.length < AHEAD) {
            const range = this.#ranges.next();
            if (range.done)
                return;
            const got = this.#bulk
                .fetchRange(this.#operation, { ...range.value, key: this.#key })
                .then((result) => {
                if (result.kind === 'payload')
                    return result;
                throw new ReplacedMeanwhile();
            });
            // It may fail before its turn, which is where that is taken up.
            got.catch(() => { });
            this.#ahead.push(got);
        }
    }
}
