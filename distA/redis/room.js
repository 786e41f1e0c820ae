/**
 * Room on the command connection, by count and by bytes: what ioredis and the socket have to hold at most. One that is larger than
 * all of it is let in alone. Those that wait are let in one after another, in the order of their coming.
 */
export class Room {
    #limits;
    #waiting = [];
    #count = 0;
    #bytes = 0;
    constructor(limits) {
        this.#limits = limits;
    }
    get count() {
        return this.#count;
    }
    get bytes() {
        return this.#bytes;
    }
    /** Whether there was room, which is then taken until {@link leave}. */
    take(roomer, bytes) {
        if (roomer.roomBytes > 0)
            return true;
        const { maxInFlight, maxBytesInFlight } = this.#limits;
        if (this.#count > 0 && (this.#count >= maxInFlight || this.#bytes + bytes > maxBytesInFlight))
            return false;
        roomer.roomBytes = bytes;
        this.#count++;
        this.#bytes += bytes;
        return true;
    }
    /** Resolves when there is room, which is then taken until {@link leave}. */
    enter(roomer, bytes) {
        if (this.#waiting.length === 0 && this.take(roomer, bytes))
            return Promise.resolve();
        return new Promise((resolve) => this.#waiting.push({ roomer, bytes, resolve }));
    }
    /** Gives room back; does nothing where none was taken. */
    leave(roomer) {
        if (roomer.roomBytes === 0)
            return;
        this.#count--;
        this.#bytes -= roomer.roomBytes;
        roomer.roomBytes = 0;
        if (this.#waiting.length === 0)
            return;
        for (let first = this.#waiting[0]; first; first = this.#waiting[0]) {
            if (!this.take(first.roomer, first.bytes))
                return;
            this.#waiting.shift();
            first.resolve();
        }
    }
}
