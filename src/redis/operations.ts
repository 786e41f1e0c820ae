import { type ErrorCode, OffloopError } from '../errors.js';
import { AbortWatch } from './abort-watch.js';
import { type Breaker, breakerIsOpen } from './breaker.js';
import { Deadlines, endOf } from './deadlines.js';
import { abortedAtCall, type Stage, title } from './early-answer.js';
import { KeyOrder } from './key-order.js';
import type { OperationInput } from './operation.js';
import type { RetrySettings } from './retry.js';
import type { Room } from './room.js';
import { Running } from './running.js';

/** What was called. */
type Called = Pick<OperationInput, 'name' | 'key' | 'writes'>;

/** What {@link Operations} tells. */
export interface OperationsListener {
  /** The first operation begins, or the last one has ended. */
  busy(busy: boolean): void;
  /** Redis did not answer one within the time of the backend. */
  stalled(): void;
  /** One is about to be rejected. */
  failed(error: OffloopError): void;
  /** One that failed for want of Redis is about to be answered as though there was nothing. */
  unavailable(called: Called, error: OffloopError): void;
}

/** What holds for all operations of a backend. */
export interface OperationsSettings {
  readonly timeoutMs: number;
  readonly onUnavailable: 'throw' | 'miss';
  readonly retry: RetrySettings;
  /** Operations whose work has not ended. */
  readonly maxPending: number;
  /** Bytes of encoded values that they hold. */
  readonly maxPendingBytes: number;
}

/** Of the whole process: backends may have a signal in common. */
const aborts = new AbortWatch();

/** Failures that say that Redis did not answer, and those that Redis itself, or what it holds, is the cause of. */
const UNANSWERED: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['ERR_CONNECTION', 'ERR_TIMEOUT']);
const ANSWERED: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'ERR_AUTH',
  'ERR_AUTH_REQUIRED',
  'ERR_PERMISSION',
  'ERR_WRONG_TYPE',
  'ERR_OUT_OF_MEMORY',
  'ERR_READONLY',
  'ERR_SERVER',
  'ERR_CORRUPT',
  'ERR_CHANGED',
]);
/** Failures that count as Redis being away. */
const AWAY: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'ERR_CONNECTION',
  'ERR_TIMEOUT',
  'ERR_UNAVAILABLE',
  'ERR_OVERLOADED',
  'ERR_LOADING',
  'ERR_READONLY',
]);

/**
 * The operations under way: each gets its turn by its key, is answered within its time, and is waited for by
 * `drain`. An operation whose time is up, or that is aborted, is answered at once; its turn on the key ends when its
 * work does, so that nothing overtakes it. Those whose work has not ended are watched, aborted ones too, since it is by
 * them that a dead connection is found out.
 */
export class Operations {
  readonly deadlines: Deadlines;
  /** Room on the command connection. */
  readonly room: Room;
  readonly #settings: OperationsSettings;
  readonly #breaker: Breaker;
  readonly #order = new KeyOrder();
  readonly #listener: OperationsListener;
  #count = 0;
  #pending = 0;
  #pendingBytes = 0;
  #closed = false;
  #idle: (() => void)[] = [];

  constructor(
    settings: OperationsSettings,
    { breaker, room }: { readonly breaker: Breaker; readonly room: Room },
    listener: OperationsListener,
  ) {
    this.#settings = settings;
    this.#breaker = breaker;
    this.room = room;
    this.#listener = listener;
    this.deadlines = new Deadlines(settings.timeoutMs);
  }

  /** Operations whose callers have no answer yet. */
  get count(): number {
    return this.#count;
  }

  get timeoutMs(): number {
    return this.#settings.timeoutMs;
  }

  get retry(): RetrySettings {
    return this.#settings.retry;
  }

  /** Bytes of encoded values that are held by operations whose work has not ended. */
  get pendingBytes(): number {
    return this.#pendingBytes;
  }

  /** Throws `ERR_ABORTED` where the signal has fired before anything was done. */
  assertWanted(
    signal: AbortSignal | undefined,
    call: { readonly name: string; readonly writes: boolean; readonly key?: string },
  ): void {
    if (!signal?.aborted) return;
    const error = abortedAtCall(call, signal.reason);
    this.failed(error);
    throw error;
  }

  /**
   * Whether what takes long to prepare is to be prepared for {@link run}: false where it would be answered as though there was nothing.
   * Throws `ERR_ABORTED`, and `ERR_UNAVAILABLE` where the breaker would refuse it now.
   */
  admits(input: Called & Pick<OperationInput, 'absent' | 'call'>): boolean {
    this.assertWanted(input.call?.signal, input);
    if (this.#breaker.letsThrough) return true;
    this.#refuse(input, breakerIsOpen(title(input), input.writes));
    return false;
  }

  /**
   * Runs one operation when its turn comes. Rejects with `ERR_CLOSED` after {@link drain}, and with `ERR_OVERLOADED` or
   * `ERR_UNAVAILABLE` at once where it may not be begun. What may be tried again runs without commands beside it on its key:
   * those behind it would overtake it.
   */
  run<T>(input: OperationInput): Promise<T> {
    const { call, key } = input;
    const signal = call?.signal;
    const { bytes = 0 } = input;
    // Each look at an operation is seen in the throughput of small values, so one sum tells whether there is any need for it.
    const isStrained =
      this.#pending >= this.#settings.maxPending ||
      this.#pendingBytes + bytes > this.#settings.maxPendingBytes ||
      this.#breaker.state !== 'closed';
    // Not in the function below: an error holds the functions of its stack, which would hold the value.
    try {
      if (signal !== undefined) this.assertWanted(signal, input);
      if (this.#closed) throw closed(input);
      const refusal = isStrained ? this.#refusal(input) : undefined;
      if (refusal !== undefined) return Promise.resolve(this.#refuse(input, refusal) as T);
    } catch (error) {
      return Promise.reject(error);
    }
    return new Promise<T>((resolve, reject) => {
      const running = new Running(input, resolve as (value: unknown) => void, reject, this);
      running.isProbe = isStrained && this.#breaker.state !== 'closed' && input.local !== true;
      this.#pending++;
      running.heldBytes = bytes;
      this.#pendingBytes += bytes;
      if (this.#count++ === 0) this.#listener.busy(true);
      if (call?.timeoutMs === undefined) this.deadlines.addStandard(running);
      else {
        running.endsAt = endOf(call.timeoutMs);
        this.deadlines.add(running);
      }
      if (signal !== undefined) aborts.add(signal, running);
      const { access } = running;
      const now =
        access === 'clear' ? this.#order.enterClear(key, running) : this.#order.enter(key, access, running);
      if (now) running.start();
    });
  }

  /** Refuses what comes from now on. Resolves when every caller has an answer; what hangs on after that is not waited for. */
  drain(): Promise<void> {
    this.#closed = true;
    if (this.#count === 0) return Promise.resolve();
    return new Promise((resolve) => this.#idle.push(resolve));
  }

  // What follows is for Running alone.

  /** Whether commands on a key are under way. */
  hasCommands(key: string): boolean {
    return this.#order.hasCommands(key);
  }

  /** The work of an operation has ended. */
  ended(running: Running): void {
    this.deadlines.remove(running);
    this.room.leave(running);
    this.#pending--;
    this.#pendingBytes -= running.heldBytes;
    const { access, key } = running;
    if (access === 'clear') this.#order.leaveClear(running);
    else this.#order.leave(key, access);
  }

  /** The caller of an operation is being answered. */
  answered(running: Running): void {
    const signal = running.call?.signal;
    if (signal !== undefined) aborts.remove(signal, running);
    if (running.isProbe) this.#breaker.probed();
    if (--this.#count > 0) return;
    this.#listener.busy(false);
    this.deadlines.rest();
    const waiting = this.#idle;
    this.#idle = [];
    for (const resolve of waiting) resolve();
  }

  /** The time of one is up. A call that wanted it faster than usual tells nothing of the connection until the usual time is up too. */
  timedOut(running: Running, stage: Stage): void {
    if (stage !== 'sent') return;
    const more = this.#settings.timeoutMs - running.timeoutMs;
    if (more <= 0 || running.lingers) {
      this.#listener.stalled();
      return;
    }
    running.lingers = true;
    running.endsAt += more;
    this.deadlines.add(running);
    if (this.#count === 0) this.deadlines.rest();
  }

  hold(running: Running, bytes: number): void {
    const { maxPendingBytes } = this.#settings;
    const others = this.#pendingBytes - running.heldBytes;
    if (others > 0 && others + bytes > maxPendingBytes) throw this.#tooMuch(running);
    this.#pendingBytes = others + bytes;
    running.heldBytes = bytes;
  }

  succeeded({ local }: Running): void {
    if (!this.#breaker.isCalm && local !== true) this.#breaker.succeeded();
  }

  /** What a failure says of Redis. */
  judge({ code }: OffloopError): void {
    if (UNANSWERED.has(code)) this.#breaker.failed();
    else if (ANSWERED.has(code)) this.#breaker.succeeded();
  }

  /** Whether Redis may be asked once more. */
  letsRetry({ isProbe }: Running): boolean {
    return isProbe || this.#breaker.state === 'closed';
  }

  /** Whether the caller is told that there is nothing, instead of this failure. */
  hides(input: Called, error: OffloopError): boolean {
    if (this.#settings.onUnavailable === 'throw' || !AWAY.has(error.code)) return false;
    this.#listener.unavailable(input, error);
    return true;
  }

  /** The caller is about to be told of a failure. */
  failed(error: OffloopError): void {
    this.#listener.failed(error);
  }

  /** What a caller gets who is refused: what stands for nothing, where that was asked for. Else throws. */
  #refuse(input: Called & Pick<OperationInput, 'absent'>, refusal: OffloopError): unknown {
    if (input.absent !== undefined && this.hides(input, refusal)) return input.absent.value;
    this.failed(refusal);
    throw refusal;
  }

  /** Why an operation may not be begun. */
  #refusal(input: OperationInput): OffloopError | undefined {
    if (input.local === true) return undefined;
    const { maxPending, maxPendingBytes } = this.#settings;
    if (this.#pending >= maxPending) return this.#tooMuch(input);
    const { bytes = 0 } = input;
    if (this.#pendingBytes > 0 && this.#pendingBytes + bytes > maxPendingBytes) return this.#tooMuch(input);
    // Last, since it counts a probe.
    if (this.#breaker.state === 'closed' || this.#breaker.admitsProbe()) return undefined;
    return breakerIsOpen(title(input), input.writes);
  }

  #tooMuch(input: OperationInput): OffloopError {
    const held = `${this.#pending} operations with ${this.#pendingBytes} bytes wait for an answer`;
    const text = `${title(input)}: ${held} (overload.maxPending, overload.maxPendingBytes); nothing was sent`;
    return new OffloopError('ERR_OVERLOADED', text, input.writes ? 'not-applied' : undefined);
  }
}

function closed({ writes }: OperationInput): OffloopError {
  const text = 'the backend was closed; nothing was sent';
  return new OffloopError('ERR_CLOSED', text, writes ? 'not-applied' : undefined);
}
