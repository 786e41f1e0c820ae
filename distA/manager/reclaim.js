import { setTimeout as sleep } from 'node:timers/promises';
/** A pause after each step, in ms, at least; it is as long as the step took, so that half of the time belongs to others. */
const LEAST_PAUSE_MS = 1;
/** Gives back the space of generations that have ended, in the background. */
export class Reclaim {
    #begin;
    #underWay;
    #again = false;
    #ended = false;
    #failures = 0;
    constructor(begin) {
        this.#begin = begin;
    }
    /** How often it ended with an error. The next clear, or an explicit one, goes on. */
    get failures() {
        return this.#failures;
    }
    /** Begins in the background. Nobody waits for it, and it keeps no process alive. */
    start() {
        this.run().catch(() => {
            this.#failures++;
        });
    }
    /** Resolves to how many keys went. One for all who ask at the same time; what ended meanwhile goes too. */
    run() {
        this.#again = this.#underWay !== undefined;
        this.#underWay ??= this.#all().finally(() => {
            this.#underWay = undefined;
        });
        return this.#underWay;
    }
    /** Ends it after the step under way. */
    async end() {
        this.#ended = true;
        await this.#underWay?.catch(() => { });
    }
    async #all() {
        let removed = 0;
        do {
            this.#again = false;
            const sweep = await this.#begin();
            for (let more = true; more && !this.#ended;) {
                const start = performance.now();
                more = await sweep.step();
                if (more)
                    await sleep(Math.max(LEAST_PAUSE_MS, performance.now() - start), undefined, { ref: false });
            }
            removed += sweep.removed;
        } while (this.#again && !this.#ended);
        return removed;
    }
}
