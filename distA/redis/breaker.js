import { OffloopError } from '../errors.js';
/**
 * A circuit breaker: while Redis does not answer, calls are refused at once instead of waiting until their time is up. Any
 * answer closes it, an error of Redis too.
 */
export class Breaker {
    #settings;
    #changed;
    #state = 'closed';
    /** Failures since the last answer, and when the first of them was. */
    #failures = 0;
    #since = 0;
    #openedAt = 0;
    #probes = 0;
    #opened = 0;
    constructor(settings, changed) {
        this.#settings = settings;
        this.#changed = changed;
    }
    get state() {
        return this.#state;
    }
    /** Whether an answer would tell it nothing new. */
    get isCalm() {
        return this.#failures === 0 && this.#state === 'closed';
    }
    /** How often it has opened. */
    get opened() {
        return this.#opened;
    }
    /** While it is not closed: whether a call may be made, as a probe, of which the end must be told by `probed`. */
    admitsProbe() {
        if (performance.now() - this.#openedAt >= this.#settings.openMs)
            this.tryAgain();
        if (this.#state !== 'half-open' || this.#probes >= this.#settings.probes)
            return false;
        this.#probes++;
        return true;
    }
    /** Redis answered. */
    succeeded() {
        this.#failures = 0;
        if (this.#state === 'closed')
            return;
        this.#state = 'closed';
        this.#changed('closed');
    }
    /** Redis did not. */
    failed() {
        const { enabled, failures, windowMs } = this.#settings;
        if (!enabled)
            return;
        const now = performance.now();
        if (this.#failures++ === 0)
            this.#since = now;
        if (this.#state === 'closed' && (this.#failures < failures || now - this.#since < windowMs))
            return;
        this.#openedAt = now;
        if (this.#state === 'open')
            return;
        const wasClosed = this.#state === 'closed';
        this.#state = 'open';
        if (!wasClosed)
            return;
        this.#opened++;
        this.#changed('open');
    }
    /** A probe has ended, however. */
    probed() {
        this.#probes--;
    }
    /** There is reason to try Redis again. */
    tryAgain() {
        if (this.#state === 'open')
            this.#state = 'half-open';
    }
}
/** What a call is told that is refused. */
export function breakerIsOpen(title, writes) {
    const text = `${title}: Redis did not answer the last calls, and is not asked again yet (breaker); nothing was sent`;
    return new OffloopError('ERR_UNAVAILABLE', text, writes ? 'not-applied' : undefined);
}
