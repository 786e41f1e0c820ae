/** How much earlier than asked for a caller is told: a timer fires when its time is over, and other work may be before it. */
const LEAD_SHARE = 0.02;
const MOST_LEAD_MS = 20;
/** When the time of a call that begins now is up, by `performance.now()`: so that it is answered within it, and not just after. */
export function endOf(timeoutMs) {
    return performance.now() + timeoutMs - Math.min(MOST_LEAD_MS, LEAD_SHARE * timeoutMs);
}
/**
 * Tells each of many when its time is up, by one timer. Those with the standard time end in the order of their coming: a ring
 * holds them, which costs nothing to speak of. Those with times of their own are in a heap.
 */
export class Deadlines {
    #standardMs;
    #ring = { previous: undefined, next: undefined };
    #heap = [];
    #timer;
    #timerAt = Number.POSITIVE_INFINITY;
    constructor(standardMs) {
        this.#standardMs = standardMs;
        this.#ring.previous = this.#ring;
        this.#ring.next = this.#ring;
    }
    /** Watches one that has the standard time from now on. */
    addStandard(timed) {
        timed.endsAt = endOf(this.#standardMs);
        const last = this.#ring.previous ?? this.#ring;
        last.next = timed;
        timed.previous = last;
        timed.next = this.#ring;
        this.#ring.previous = timed;
        this.#await(timed.endsAt);
    }
    /** Watches one until its own `endsAt`. */
    add(timed) {
        timed.place = this.#heap.length;
        this.#heap.push(timed);
        this.#rise(timed);
        this.#await(timed.endsAt);
    }
    /** Does nothing where it is not watched. */
    remove(timed) {
        const { previous, next, place } = timed;
        if (previous && next) {
            previous.next = next;
            next.previous = previous;
            timed.previous = undefined;
            timed.next = undefined;
        }
        if (place >= 0)
            this.#take(place);
        if (this.#ring.next === this.#ring && this.#heap.length === 0)
            this.rest();
    }
    /** The timer need not keep the process alive until the next one comes. */
    rest() {
        this.#timer?.unref();
    }
    #await(endsAt) {
        if (this.#timer !== undefined && endsAt >= this.#timerAt)
            this.#timer.ref();
        else
            this.#arm(endsAt);
    }
    #arm(endsAt) {
        clearTimeout(this.#timer);
        this.#timerAt = endsAt;
        const delay = Math.max(1, Math.ceil(endsAt - performance.now()));
        this.#timer = setTimeout(() => {
            // After the sockets have been read: where the event loop was blocked, the answers may be there already.
            setImmediate(() => this.#expireAll());
        }, delay);
    }
    #expireAll() {
        const wasReferenced = this.#timer?.hasRef() ?? false;
        this.#timer = undefined;
        this.#timerAt = Number.POSITIVE_INFINITY;
        const now = performance.now();
        let first = this.#first();
        while (first && first.endsAt <= now) {
            this.remove(first);
            first.expire();
            first = this.#first();
        }
        if (!first || first.endsAt >= this.#timerAt)
            return;
        this.#arm(first.endsAt);
        if (!wasReferenced)
            this.rest();
    }
    #first() {
        const oldest = this.#ring.next === this.#ring ? undefined : this.#ring.next;
        const soonest = this.#heap[0];
        if (!oldest || !soonest)
            return oldest ?? soonest;
        return soonest.endsAt < oldest.endsAt ? soonest : oldest;
    }
    #take(place) {
        const heap = this.#heap;
        const taken = heap[place];
        const last = heap.pop();
        if (taken)
            taken.place = -1;
        if (!last || last === taken)
            return;
        heap[place] = last;
        last.place = place;
        this.#rise(last);
        this.#sink(last);
    }
    #rise(timed) {
        for (;;) {
            const above = this.#heap[(timed.place - 1) >> 1];
            if (timed.place === 0 || !above || above.endsAt <= timed.endsAt)
                return;
            this.#swap(above, timed);
        }
    }
    #sink(timed) {
        for (;;) {
            const left = this.#heap[2 * timed.place + 1];
            const right = this.#heap[2 * timed.place + 2];
            const below = left && right && right.endsAt < left.endsAt ? right : left;
            if (!below || timed.endsAt <= below.endsAt)
                return;
            this.#swap(timed, below);
        }
    }
    #swap(above, below) {
        const { place } = above;
        above.place = below.place;
        below.place = place;
        this.#heap[above.place] = above;
        this.#heap[below.place] = below;
    }
}
