/** Seeded numbers (mulberry32), so that every run and every peer sees the same corpus. */
export class Random {
    #state;
    constructor(seed) {
        this.#state = seed >>> 0;
    }
    /** From 0 up to, not including, 1. */
    next() {
        this.#state = (this.#state + 0x6d2b79f5) >>> 0;
        let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
        mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
        return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
    }
    /** A whole number from 0 up to, not including, the bound. */
    below(bound) {
        return Math.floor(this.next() * bound);
    }
    /** One of a list that is not empty. */
    pick(list) {
        return list[this.below(list.length)] ?? list[0];
    }
}
