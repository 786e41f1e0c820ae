import { displayKey, OffloopError } from '../errors.js';
/** Work on one key that several callers wait for, each for as long as he likes. What it does is up to the first of them. */
export class Flight {
    /** Where others find it while it is under way. */
    place;
    key;
    factory;
    policy;
    /** What it comes to. */
    landed = undefined;
    /** Callers who wait for it, those who cannot leave included. */
    #waiting = 0;
    #onAbandoned;
    constructor(place, { key, factory, policy }) {
        this.place = place;
        this.key = key;
        this.factory = factory;
        this.policy = policy;
    }
    /** Has something done when all have left, which they may have. */
    whenAbandoned(work) {
        if (this.#waiting === 0)
            work();
        else
            this.#onAbandoned = work;
    }
    /** Waits for it, until the signal fires: then it rejects with `ERR_ABORTED`, and the work goes on for the others. */
    join(landed, signal) {
        this.#waiting++;
        if (signal === undefined)
            return landed;
        return new Promise((resolve, reject) => {
            const leave = () => {
                reject(abortedWait(this.key));
                if (--this.#waiting === 0)
                    this.#onAbandoned?.();
            };
            signal.addEventListener('abort', leave, { once: true });
            const stay = () => signal.removeEventListener('abort', leave);
            landed.then((value) => {
                stay();
                resolve(value);
            }, (error) => {
                stay();
                reject(error);
            });
        });
    }
}
/** Of a caller whose signal fired. */
export function abortedWait(key) {
    return new OffloopError('ERR_ABORTED', `getOrSet ${displayKey(key)}: aborted before the value was there`);
}
