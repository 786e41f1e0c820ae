import { OffloopError } from '../errors.js';
import type { Abortable } from './abort-watch.js';
import type { Link, Timed } from './deadlines.js';
import { aborted, outcomeAt, outOfTime, type Stage, title, UNKNOWN_OUTCOME } from './early-answer.js';
import type { Access, Turn } from './key-order.js';
import type { Operation, OperationInput } from './operation.js';
import type { Operations } from './operations.js';
import { fromRedis } from './redis-error.js';
import { mayRetry, type RetrySettings, retryDelay } from './retry.js';
import type { Roomer } from './room.js';

/** Failures after which nobody knows what Redis has done, where something was sent. */
const DOUBTFUL: ReadonlySet<string> = new Set(['ERR_CONNECTION', 'ERR_TIMEOUT', 'ERR_WORKER', 'ERR_SERVER']);
const EARLIER_UNKNOWN = '; the outcome of an earlier attempt is unknown';

/** An operation under way, attempt by attempt. */
export class Running implements Operation, Turn, Abortable, Timed, Roomer {
  readonly input: OperationInput;
  /** As of its input, or stricter: see {@link Operations.run}. */
  readonly access: Access | 'clear';
  readonly timeoutMs: number;
  /** Whether by it the breaker finds out if Redis is there again. */
  isProbe = false;
  stage: Stage = 'ordered';
  settled = false;
  onCancel: ((afterMs: number) => void) | undefined = undefined;
  previous: Link | undefined = undefined;
  next: Link | undefined = undefined;
  place = -1;
  endsAt = 0;
  roomBytes = 0;
  /** Bytes of an encoded value. */
  heldBytes = 0;
  /** Whether, its caller answered, it is only watched to find out a connection that is dead. */
  lingers = false;
  readonly #retry: RetrySettings;
  readonly #resolve: (value: unknown) => void;
  readonly #reject: (error: unknown) => void;
  readonly #operations: Operations;
  #attempts = 0;
  /** Whether nobody knows what an earlier attempt has done. */
  #inDoubt = false;

  constructor(
    input: OperationInput,
    resolve: (value: unknown) => void,
    reject: (error: unknown) => void,
    all: Operations,
  ) {
    const { call, access } = input;
    this.input = input;
    this.timeoutMs = call?.timeoutMs ?? all.timeoutMs;
    this.#retry = call?.retry ?? all.retry;
    this.access =
      access === 'command' && this.#retry.attempts > 0 ? (input.writes ? 'bulk' : 'read') : access;
    this.#resolve = resolve;
    this.#reject = reject;
    this.#operations = all;
  }

  get followsCommands(): boolean {
    return this.#operations.hasCommands(this.input.key);
  }

  get retries(): boolean {
    return this.#attempts < this.#retry.attempts;
  }

  start(): void {
    if (this.settled) {
      // Its caller was answered while it waited for its turn: nothing is sent, and the turn is passed on.
      this.#operations.ended(this);
      return;
    }
    let work: Promise<unknown>;
    try {
      work = this.input.work(this);
    } catch (error) {
      // In a cluster ioredis throws at once, not by its promise, where no node serves the slot.
      this.#fail(error);
      return;
    }
    work.then(
      (value) => {
        this.#operations.ended(this);
        this.#operations.succeeded(this);
        if (this.#settle()) this.#resolve(this.input.silent ? undefined : value);
      },
      (error: unknown) => this.#fail(error),
    );
  }

  hold(bytes: number): void {
    this.#operations.hold(this, bytes);
  }

  leaveCommands(): void {
    this.#operations.room.leave(this);
  }

  keepOwnTime(): void {
    this.stage = 'sent';
    this.#operations.deadlines.remove(this);
  }

  expire(): void {
    const { stage } = this;
    if (!this.settled) {
      // What it waits for knows better why it did not come.
      if (this.onCancel) this.onCancel(this.timeoutMs);
      else if (this.#settle()) {
        const error = outOfTime(this.input, stage, this.timeoutMs);
        if (stage === 'sent') this.#operations.judge(error);
        this.#refuse(this.#doubted(error));
      }
    }
    this.#operations.timedOut(this, stage);
  }

  abort(): void {
    if (!this.#settle()) return;
    this.#refuse(this.#doubted(aborted(this.input, this.stage)));
    this.onCancel?.(this.timeoutMs);
  }

  #fail(error: unknown): void {
    const ours = this.#meaning(error);
    if (!this.settled && !this.input.local) this.#operations.judge(ours);
    if (this.#triesAgain(ours)) return;
    this.#giveUp(ours);
  }

  #giveUp(error: OffloopError): void {
    this.#operations.ended(this);
    if (this.#settle()) this.#refuse(this.#doubted(error));
  }

  /** Keeps its turn on the key through the pause, so that nothing overtakes it. */
  #triesAgain(error: OffloopError): boolean {
    const { writes, access } = this.input;
    if (this.settled || access === 'clear' || !this.retries || !mayRetry(error, writes, this.#retry))
      return false;
    this.#attempts++;
    const delay = retryDelay(this.#attempts, this.#retry);
    if (performance.now() + delay >= this.endsAt) return false;
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
  #meaning(error: unknown): OffloopError {
    const { name, key, writes, access } = this.input;
    const ours = fromRedis(error, title({ name, key }));
    if (!writes) return ours.outcome === undefined ? ours : new OffloopError(ours.code, ours.message);
    // A part of a clear may have been done.
    const isPartial = access === 'clear' && this.stage === 'sent';
    if (ours.outcome !== undefined && !isPartial) return ours;
    const outcome = isPartial || DOUBTFUL.has(ours.code) ? outcomeAt(this.input, this.stage) : 'not-applied';
    const told = outcome === 'unknown' && !ours.message.endsWith(UNKNOWN_OUTCOME) && !isPartial;
    return new OffloopError(ours.code, told ? ours.message + UNKNOWN_OUTCOME : ours.message, outcome);
  }

  #doubted(error: OffloopError): OffloopError {
    if (!this.#inDoubt || error.outcome !== 'not-applied') return error;
    return new OffloopError(error.code, error.message + EARLIER_UNKNOWN, 'unknown');
  }

  #refuse(error: OffloopError): void {
    const { absent } = this.input;
    if (absent !== undefined && this.#operations.hides(this.input, error)) this.#resolve(absent.value);
    else {
      this.#operations.failed(error);
      this.#reject(error);
    }
  }

  #settle(): boolean {
    if (this.settled) return false;
    this.settled = true;
    this.#operations.answered(this);
    return true;
  }
}
