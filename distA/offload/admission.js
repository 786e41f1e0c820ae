import { OffloopError } from '../errors.js';
/**
 * Lets work in while there is room, by count and by bytes, and has the rest wait in the order of its coming. One
 * piece larger than all the room is let in alone.
 */
export class Admission {
    #limits;
    #running = 0;
    #bytes = 0;
    #queue = [];
    constructor(limits) {
        this.#limits = limits;
    }
    get running() {
        return this.#running;
    }
    get queued() {
        return this.#queue.length;
    }
    get bytes() {
        return this.#bytes;
    }
    /**
     * Resolves to true when there is room, which is then taken until `release`; to false where nobody wants it any
     * more when its turn comes. Rejects with `ERR_OVERLOADED` at once where the queue is full.
     */
    enter(bytes, stillWanted) {
        if (this.#queue.length === 0 && this.#fits(bytes)) {
            this.#take(bytes);
            return Promise.resolve(true);
        }
        const { maxQueue } = this.#limits;
        if (this.#queue.length >= maxQueue)
            this.#queue = this.#queue.filter((waiting) => keep(waiting));
        if (this.#queue.length >= maxQueue) {
            const text = `the pool is full: ${this.#running} large values under way, ${maxQueue} waiting (pool.maxQueue)`;
            return Promise.reject(new OffloopError('ERR_OVERLOADED', text, 'not-applied'));
        }
        return new Promise((resolve) => this.#queue.push({ bytes, stillWanted, resolve }));
    }
    /** Gives room back. */
    release(bytes) {
        this.#running--;
        this.#bytes -= bytes;
        let first = this.#queue[0];
        while (first) {
            if (first.stillWanted()) {
                if (!this.#fits(first.bytes))
                    return;
                this.#take(first.bytes);
                first.resolve(true);
            }
            else
                first.resolve(false);
            this.#queue.shift();
            first = this.#queue[0];
        }
    }
    #fits(bytes) {
        if (this.#running === 0)
            return true;
        return this.#running < this.#limits.maxRunning && this.#bytes + bytes <= this.#limits.maxBytes;
    }
    #take(bytes) {
        this.#running++;
        this.#bytes += bytes;
    }
}
function keep(waiting) {
    if (waiting.stillWanted())
        return true;
    waiting.resolve(false);
    return false;
}
