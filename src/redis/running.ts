import { OffloopError, restated } from '../errors.js';
import { keepShape } from '../kept-shapes.js';
import type { Abortable } from './abort-watch.js';
import type { Call } from './call.js';
import type { Link, Timed } from './deadlines.js';
import { aborted, outcomeAt, outOfTime, type Stage, title, UNKNOWN_OUTCOME } from './early-answer.js';
import type { Access, Turn } from './key-order.js';
import type { Operation, OperationInput } from './operation.js';
import type { Operations } from './operations.js';
import { UNREADABLE } from './read-report.js';
import { fromRedis } from './redis-error.js';
import { mayRetry, type RetrySettings, retryDelay } from './retry.js';
import type { Roomer } from './room.js';

/** Failures after which nobody knows what Redis has done, where something was sent. */
const DOUBTFUL: ReadonlySet<string> = new Set(['ERR_CONNECTION', 'ERR_TIMEOUT', 'ERR_WORKER', 'ERR_SERVER']);
/** Failures of a read that are found in the value, where its key is not known. */
const OF_VALUE: ReadonlySet<string> = new Set([...UNREADABLE, 'ERR_VALUE_TOO_LARGE', 'ERR_PATH']);
const EARLIER_UNKNOWN = '; the outcome of an earlier attempt is unknown';

/**
 * An operation under way, attempt by attempt. It keeps what its input says and not the input itself, a literal: of those an engine
 * that saw many outlive collections makes all later ones in the old generation, where each would keep its value until a
 * full collection. What a constructor makes is not counted.
 */
export class Running implements Operation, OperationInput, Turn, Abortable, Timed, Roomer {
  readonly name: string;
  readonly key: string;
  /** As of its input, or stricter: see {@link Operations.run}. */
  readonly access: Access | 'clear';
  readonly writes: boolean;
  readonly silent: boolean | undefined;
  readonly local: boolean | undefined;
  readonly absent: OperationInput['absent'];
  readonly call: Call | undefined;
  readonly work: OperationInput['work'];
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

  get followsCommands(): boolean {
    return this.#operations.hasCommands(this.key);
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
      work = this.work(this);
    } catch (error) {
      // In a cluster ioredis throws at once, not by its promise, where no node serves the slot.
      this.#fail(error);
      return;
    }
    work.then(
      (value) => {
        this.#operations.ended(this);
        this.#operations.succeeded(this);
        if (this.#settle()) this.#resolve(this.silent ? undefined : value);
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
        const error = outOfTime(this, stage, this.timeoutMs);
        if (stage === 'sent') this.#operations.judge(error);
        this.#refuse(this.#doubted(error));
      }
    }
    this.#operations.timedOut(this, stage);
  }

  abort(reason: unknown): void {
    if (!this.#settle()) return;
    this.#refuse(this.#doubted(aborted(this, { stage: this.stage, reason })));
    this.onCancel?.(this.timeoutMs);
  }

  #fail(error: unknown): void {
    const ours = this.#meaning(error);
    if (!this.settled && !this.local) this.#operations.judge(ours);
    if (this.#triesAgain(ours)) return;
    this.#giveUp(ours);
  }

  #giveUp(error: OffloopError): void {
    this.#operations.ended(this);
    if (this.#settle()) this.#refuse(this.#doubted(error));
  }

  /** Keeps its turn on the key through the pause, so that nothing overtakes it. */
  #triesAgain(error: OffloopError): boolean {
    const { writes, access } = this;
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
    const { name, key, writes, access } = this;
    const ours = fromRedis(error, title({ name, key }));
    if (!writes) {
      const text = OF_VALUE.has(ours.code) ? `${title({ name, key })}: ${ours.message}` : ours.message;
      return new OffloopError(ours.code, text);
    }
    // A part of a clear may have been done.
    const isPartial = access === 'clear' && this.stage === 'sent';
    if (ours.outcome !== undefined && !isPartial) return ours;
    const outcome = isPartial || DOUBTFUL.has(ours.code) ? outcomeAt(this, this.stage) : 'not-applied';
    const told = outcome === 'unknown' && !ours.message.endsWith(UNKNOWN_OUTCOME) && !isPartial;
    return restated(ours, told ? ours.message + UNKNOWN_OUTCOME : ours.message, outcome);
  }

  #doubted(error: OffloopError): OffloopError {
    if (!this.#inDoubt || error.outcome !== 'not-applied') return error;
    return restated(error, error.message + EARLIER_UNKNOWN, 'unknown');
  }

  #refuse(error: OffloopError): void {
    const { absent } = this;
    if (absent !== undefined && this.#operations.hides(this, error)) this.#resolve(absent.value);
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

const sample = new Running(
  {} as OperationInput,
  () => {},
  () => {},
  { timeoutMs: 0, retry: {} } as Operations,
);
sample.endsAt = 0.5;
keepShape(sample);
