import { OffloopError } from '../errors.js';
import { slices } from './slices.js';
/** Values that share the slices of the event loop. With more of them each would only end later. */
const MAX_AT_ONCE = 8;
/**
 * Has large values encoded a few at a time, in the order of their calls: of thousands at once that all advance together none would
 * be ready in its time, and all would hold memory.
 */
export class Encodings {
    #limits;
    #waiting = new Set();
    #active = 0;
    #bytes = 0;
    constructor(limits) {
        this.#limits = limits;
    }
    /** Encodes in slices when its turn comes, and holds `bytes()` from its end on. Throws `ERR_OVERLOADED` where too many wait. */
    run(work, bytes) {
        const place = new Place(this);
        const leave = () => place.leave();
        if (this.#waiting.size === 0 && this.#hasRoom) {
            this.#begin(place);
            const rest = runOrLeave(work, leave);
            if (rest === undefined)
                leave();
            return { encoded: rest?.then(() => place.encoded(bytes())), leave };
        }
        const { maxQueue } = this.#limits;
        if (this.#waiting.size >= maxQueue) {
            const text = `${maxQueue} large values wait to be encoded (pool.maxQueue)`;
            throw new OffloopError('ERR_OVERLOADED', text, 'not-applied');
        }
        this.#waiting.add(place);
        const turn = new Promise((resolve) => {
            place.begin = resolve;
        });
        return { encoded: turn.then(() => slices.run(work)).then(() => place.encoded(bytes())), leave };
    }
    #begin(place) {
        this.#active++;
        place.state = 'active';
        place.begin();
    }
    get #hasRoom() {
        return this.#active < MAX_AT_ONCE && this.#bytes < this.#limits.maxBytes;
    }
    /** For {@link Place} alone. */
    changed(place, { active, bytes }) {
        this.#waiting.delete(place);
        this.#active += active;
        this.#bytes += bytes;
        for (const first of this.#waiting) {
            if (!this.#hasRoom)
                return;
            this.#waiting.delete(first);
            this.#begin(first);
        }
    }
}
/** A step may throw at once. */
function runOrLeave(work, leave) {
    try {
        return slices.run(work);
    }
    catch (error) {
        leave();
        throw error;
    }
}
class Place {
    state = 'waiting';
    /** Has whoever waits for its turn go on. */
    begin = () => { };
    #all;
    #bytes = 0;
    constructor(all) {
        this.#all = all;
    }
    encoded(bytes) {
        if (this.state !== 'active')
            return;
        this.state = 'encoded';
        this.#bytes = bytes;
        this.#all.changed(this, { active: -1, bytes });
    }
    leave() {
        const was = this.state;
        if (was === 'left')
            return;
        this.state = 'left';
        // Whoever waits for its turn finds that nobody wants it any more.
        this.begin();
        this.#all.changed(this, { active: was === 'active' ? -1 : 0, bytes: -this.#bytes });
    }
}
