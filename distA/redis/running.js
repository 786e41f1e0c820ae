import { OffloopError } from '../errors.js';
import { aborted, outcomeAt, outOfTime, title, UNKNOWN_OUTCOME } from './early-answer.js';
import { fromRedis } from './redis-error.js';
import { mayRetry, retryDelay } from './retry.js';
/** Failures after which nobody knows what Redis has done, where something was sent. */
const DOUBTFUL = new Set(['ERR_CONNECTION', 'ERR_TIMEOUT', 'ERR_WORKER', 'ERR_SERVER']);
const EARLIER_UNKNOWN = '; the outcome of an earlier attempt is unknown';
/**
 * An operation under way, attempt by attempt. It keeps what its input says and not the input itself, a literal: of those an engine
 * that saw many outlive collections makes all later ones in the old generation, where each would keep its value until a
 * full collection. What a constructor makes is not counted.
 */
export class Running {
    name;
    key;
    /** As of its input, or stricter: see {@link Operations.run}. */
    access;
    writes;
    silent;
    local;
    absent;
    call;
    work;
    timeoutMs;
    /** Whether by it the breaker finds out if Redis is there again. */
    isProbe = false;
    stage = 'ordered';
    settled = false;
    onCancel = undefined;
    previous = undefined;
    next = undefined;
    place = -1;
    endsAt = 0;
    roomBytes = 0;
    /** Bytes of an encoded value. */
    heldBytes = 0;
    /** Whether, its caller answered, it is only watched to find out a connection that is dead. */
    lingers = false;
    #retry;
    #resolve;
    #reject;
    #operations;
    #attempts = 0;
    /** Whether nobody knows what an earlier attempt has done. */
    #inDoubt = false;
    constructor(input, resolve, reject, all) {
        const { name, key, access, writes, call } = input;
        this.name = name;
        this.key = key;
        this.writes = writes;
        this.silent = input.silent;
        this.local = input.local;
        this.absent = input.absent;
        this.call = call;
        this.work = input.work;
        this.timeoutMs = call?.timeoutMs ?? all.timeoutMs;
        this.#retry = call?.retry ?? all.retry;
        this.access = access === 'command' && this.#retry.attempts > 0 ? (writes ? 'bulk' : 'read') : access;
        this.#resolve = resolve;
        this.#reject = reject;
        this.#operations = all;
    }
    get followsCommands() {
        return this.#operations.hasCommands(this.key);
    }
    get retries() {
        return this.#attempts < this.#retry.attempts;
    }
    start() {
        if (this.settled) {
            // Its caller was answered while it waited for its turn: nothing is sent, and the turn is passed on.
            this.#operations.ended(this);
            return;
        }
        let work;
        try {
            work = this.work(this);
        }
        catch (error) {
            // In a cluster ioredis throws at once, not by its promise, where no node serves the slot.
            this.#fail(error);
            return;
        }
        work.then((value) => {
            this.#operations.ended(this);
            this.#operations.succeeded(this);
            if (this.#settle())
                this.#resolve(this.silent ? undefined : value);
        }, (error) => this.#fail(error));
    }
    hold(bytes) {
        this.#operations.hold(this, bytes);
    }
    leaveCommands() {
        this.#operations.room.leave(this);
    }
    keepOwnTime() {
        this.stage = 'sent';
        this.#operations.deadlines.remove(this);
    }
    expire() {
        const { stage } = this;
        if (!this.settled) {
            // What it waits for knows better why it did not come.
            if (this.onCancel)
                this.onCancel(this.timeoutMs);
            else if (this.#settle()) {
                const error = outOfTime(this, stage, this.timeoutMs);
                if (stage === 'sent')
                    this.#operations.judge(error);
                this.#refuse(this.#doubted(error));
            }
        }
        this.#operations.timedOut(this, stage);
    }
    abort() {
        if (!this.#settle())
            return;
        this.#refuse(this.#doubted(aborted(this, this.stage)));
        this.onCancel?.(this.timeoutMs);
    }
    #fail(error) {
        const ours = this.#meaning(error);
        if (!this.settled && !this.local)
            this.#operations.judge(ours);
        if (this.#triesAgain(ours))
            return;
        this.#giveUp(ours);
    }
    #giveUp(error) {
        this.#operations.ended(this);
        if (this.#settle())
            this.#refuse(this.#doubted(error));
    }
    /** Keeps its turn on the key through the pause, so that nothing overtakes it. */
    #triesAgain(error) {
        const { writes, access } = this;
        if (this.settled || access === 'clear' || !this.retries || !mayRetry(error, writes, this.#retry))
            return false;
        this.#attempts++;
        const delay = retryDelay(this.#attempts, this.#retry);
        if (performance.now() + delay >= this.endsAt)
            return false;
        this.#inDoubt ||= error.outcome === 'unknown';
        this.leaveCommands();
        const pause = setTimeout(() => {
            this.onCancel = undefined;
            if (!this.#operations.letsRetry(this)) {
                this.#giveUp(error);
                return;
            }
            this.stage = 'ordered';
            this.start();
        }, delay);
        this.onCancel = () => {
            this.onCancel = undefined;
            clearTimeout(pause);
            this.#giveUp(error);
        };
        return true;
    }
    /** The failure as an error of ours, which of a write says what it has done. */
    #meaning(error) {
        const { name, key, writes, access } = this;
        const ours = fromRedis(error, title({ name, key }));
        if (!writes)
            return ours.outcome === undefined ? ours : new OffloopError(ours.code, ours.message);
        // A part of a clear may have been done.
        const isPartial = access === 'clear' && this.stage === 'sent';
        if (ours.outcome !== undefined && !isPartial)
            return ours;
        const outcome = isPartial || DOUBTFUL.has(ours.code) ? outcomeAt(this, this.stage) : 'not-applied';
        const told = outcome === 'unknown' && !ours.message.endsWith(UNKNOWN_OUTCOME) && !isPartial;
        return new OffloopError(ours.code, told ? ours.message + UNKNOWN_OUTCOME : ours.message, outcome);
    }
    #doubted(error) {
        if (!this.#inDoubt || error.outcome !== 'not-applied')
            return error;
        return new OffloopError(error.code, error.message + EARLIER_UNKNOWN, 'unknown');
    }
    #refuse(error) {
        const { absent } = this;
        if (absent !== undefined && this.#operations.hides(this, error))
            this.#resolve(absent.value);
        else {
            this.#operations.failed(error);
            this.#reject(error);
        }
    }
    #settle() {
        if (this.settled)
            return false;
        this.settled = true;
        this.#operations.answered(this);
        return true;
    }
}
