import { OffloopError } from '../errors.js';
import { KeyOrder } from '../redis/key-order.js';
/**
 * The calls on a backend, each when its turn comes: on one key they take effect in the order in which they were made, and
 * clears and the end come after what was called before them.
 */
export class OrderedCalls {
    #order = new KeyOrder();
    #name;
    #closed = false;
    #underWay = 0;
    /** @param name the backend's, for messages. */
    constructor(name) {
        this.#name = name;
    }
    /** Whether nothing runs or waits: what is done at once is in order then. */
    get isIdle() {
        return this.#underWay === 0;
    }
    get closed() {
        return this.#closed;
    }
    /** Throws `ERR_CLOSED`. */
    assertOpen() {
        if (this.#closed)
            throw new OffloopError('ERR_CLOSED', `the ${this.#name} was closed`);
    }
    /** Does the work when earlier calls on the key allow it. Takes its place in the order before it returns. */
    async run(key, kind, work) {
        const access = kind === 'read' ? 'read' : 'bulk';
        this.#underWay++;
        const turn = new Turn();
        if (!this.#order.enter(key, access, turn))
            await turn.come;
        try {
            return await work();
        }
        finally {
            this.#underWay--;
            this.#order.leave(key, access);
        }
    }
    /** As {@link run}, for all keys that begin with a prefix. */
    async runOnAll(prefix, work) {
        this.#underWay++;
        const turn = new Turn();
        if (!this.#order.enterClear(prefix, turn))
            await turn.come;
        try {
            return await work();
        }
        finally {
            this.#underWay--;
            this.#order.leaveClear(turn);
        }
    }
    /** Refuses what comes from now on, and does the work when what was called before has ended. */
    close(work) {
        this.#closed = true;
        return this.runOnAll('', work);
    }
}
/** A place in the order. */
class Turn {
    #start;
    #started = false;
    /** Resolves when the turn has come. */
    get come() {
        if (this.#started)
            return Promise.resolve();
        return new Promise((resolve) => {
            this.#start = resolve;
        });
    }
    start() {
        this.#started = true;
        this.#start?.();
    }
}
