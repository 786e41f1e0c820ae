import { displayKey, OffloopError } from '../errors.js';
import { type Abortable, AbortWatch } from './abort-watch.js';
import { aborted, abortedAtCall, outOfTime, type Stage, UNKNOWN_OUTCOME } from './early-answer.js';
import { type Access, KeyOrder, type Turn } from './key-order.js';
import { fromRedis } from './redis-error.js';

/** What an operation is, for its errors. */
export interface OperationInput {
  /** Such as `set`, for messages. */
  readonly name: string;
  /** The physical key; for a clear, the prefix. */
  readonly key: string;
  readonly access: Access | 'clear';
  /** Whether it changes what is stored. */
  readonly writes: boolean;
  /** Whether the caller gets `undefined` instead of what the work resolves to. */
  readonly silent?: boolean;
  /** Has the caller answered at once, with `ERR_ABORTED`, when it fires. */
  readonly signal?: AbortSignal | undefined;
  /** Does the work. An error of ioredis that it throws or rejects with is made one of ours. */
  work(operation: Operation): Promise<unknown>;
}

/** What the work of an operation sees of it. */
export interface Operation {
  stage: Stage;
  /** When its time is up, by `performance.now()` of this thread. */
  readonly endsAt: number;
  /**
   * Whether its caller has been answered, be it early (its time was up, or it was aborted): nothing more may be sent
   * for it. Whoever waits or works in slices asks again before he goes on.
   */
  readonly settled: boolean;
  /**
   * Called when its time is up or it is aborted, to end what its work waits for: the work then rejects at once. What
   * it rejects with is what the caller of an operation without time left is told.
   */
  onCancel: (() => void) | undefined;
  /** Whether it must go by the command connection to come after commands on its key that were called before it. */
  readonly followsCommands: boolean;
  /** From here on the work looks after its own time, as a clear does step by step. */
  keepOwnTime(): void;
}

/** What {@link Operations} tells. */
export interface OperationsListener {
  /** The first operation begins, or the last one has ended. */
  busy(busy: boolean): void;
  /** The time of one was up. */
  timeout(stage: Stage): void;
  /** One is about to be rejected. */
  failed(error: OffloopError): void;
}

/** Of the whole process: backends may have a signal in common. */
const aborts = new AbortWatch();

/**
 * The operations under way: each gets its turn by its key, is answered within its time, and is waited for by
 * `drain`. An operation whose time is up, or that is aborted, is answered at once; its turn on the key ends when its
 * work does, so that nothing overtakes it.
 */
export class Operations {
  readonly #order = new KeyOrder();
  readonly #listener: OperationsListener;
  #count = 0;
  #closed = false;
  #idle: (() => void)[] = [];
  /**
   * Those whose time is not up and whose work has not ended, the oldest first, as a ring through this anchor: their
   * times end in this order. Aborted ones stay, since it is by them that a dead connection is found out.
   */
  readonly #ring: Link = { previous: undefined, next: undefined };
  #timer: NodeJS.Timeout | undefined;
  readonly #timeoutMs: number;

  constructor(timeoutMs: number, listener: OperationsListener) {
    this.#timeoutMs = timeoutMs;
    this.#listener = listener;
    this.#ring.previous = this.#ring;
    this.#ring.next = this.#ring;
  }

  /** Operations whose callers have no answer yet. */
  get count(): number {
    return this.#count;
  }

  /** Throws `ERR_ABORTED` where the signal has fired before anything was done. */
  assertWanted(
    signal: AbortSignal | undefined,
    call: { readonly name: string; readonly key?: string },
  ): void {
    if (!signal?.aborted) return;
    const error = abortedAtCall(call);
    this.failed(error);
    throw error;
  }

  /** Runs one operation when its turn comes. Rejects with `ERR_CLOSED` after {@link drain}. */
  run<T>(input: OperationInput): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const { signal } = input;
      if (signal !== undefined) this.assertWanted(signal, input);
      if (this.#closed) throw new OffloopError('ERR_CLOSED', 'the backend was closed; nothing was sent');
      const running = new Running(input, resolve as (value: unknown) => void, reject, this);
      if (this.#count++ === 0) this.#listener.busy(true);
      this.#watch(running);
      if (signal !== undefined) aborts.add(signal, running);
      const { access, key } = input;
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

  /** Whether commands on a key are under way. For {@link Running} alone. */
  hasCommands(key: string): boolean {
    return this.#order.hasCommands(key);
  }

  /** The work of an operation has ended. For {@link Running} alone. */
  ended(running: Running): void {
    this.unwatch(running);
    const { access, key } = running.input;
    if (access === 'clear') this.#order.leaveClear(running);
    else this.#order.leave(key, access);
  }

  /** The caller of an operation is being answered. For {@link Running} alone. */
  answered(running: Running): void {
    const { signal } = running.input;
    if (signal !== undefined) aborts.remove(signal, running);
    if (--this.#count > 0) return;
    this.#listener.busy(false);
    this.#timer?.unref();
    const waiting = this.#idle;
    this.#idle = [];
    for (const resolve of waiting) resolve();
  }

  /** The caller is about to be told of a failure. For {@link Running} alone. */
  failed(error: OffloopError): void {
    this.#listener.failed(error);
  }

  /** The limit no longer holds for it: its work has ended, or keeps its own time. */
  unwatch(running: Running): void {
    const { previous, next } = running;
    if (previous && next) {
      previous.next = next;
      next.previous = previous;
      running.previous = undefined;
      running.next = undefined;
    }
    if (this.#ring.next === this.#ring) this.#timer?.unref();
  }

  #watch(running: Running): void {
    running.endsAt = performance.now() + this.#timeoutMs;
    const last = this.#ring.previous ?? this.#ring;
    last.next = running;
    running.previous = last;
    running.next = this.#ring;
    this.#ring.previous = running;
    if (this.#timer) this.#timer.ref();
    else this.#arm(this.#timeoutMs);
  }

  #arm(delay: number): void {
    this.#timer = setTimeout(() => {
      // After the sockets have been read: where the event loop was blocked, the answers may be there already.
      setImmediate(() => this.#expireAll());
    }, delay);
    // Those that were aborted are nothing to stay alive for.
    if (this.#count === 0) this.#timer.unref();
  }

  #expireAll(): void {
    this.#timer = undefined;
    const now = performance.now();
    let oldest = this.#ring.next;
    while (oldest instanceof Running && oldest.endsAt <= now) {
      this.#expire(oldest);
      oldest = this.#ring.next;
    }
    if (oldest instanceof Running) this.#arm(Math.max(1, Math.ceil(oldest.endsAt - now)));
  }

  #expire(running: Running): void {
    const { stage } = running;
    this.unwatch(running);
    running.expire(this.#timeoutMs);
    this.#listener.timeout(stage);
  }
}

interface Link {
  previous: Link | undefined;
  next: Link | undefined;
}

class Running implements Operation, Turn, Abortable, Link {
  readonly input: OperationInput;
  stage: Stage = 'ordered';
  settled = false;
  onCancel: (() => void) | undefined = undefined;
  previous: Link | undefined = undefined;
  next: Link | undefined = undefined;
  endsAt = 0;
  readonly #resolve: (value: unknown) => void;
  readonly #reject: (error: unknown) => void;
  readonly #operations: Operations;

  constructor(
    input: OperationInput,
    resolve: (value: unknown) => void,
    reject: (error: unknown) => void,
    all: Operations,
  ) {
    this.input = input;
    this.#resolve = resolve;
    this.#reject = reject;
    this.#operations = all;
  }

  get followsCommands(): boolean {
    return this.#operations.hasCommands(this.input.key);
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
        if (this.#settle()) this.#resolve(this.input.silent ? undefined : value);
      },
      (error: unknown) => this.#fail(error),
    );
  }

  #fail(error: unknown): void {
    this.#operations.ended(this);
    if (!this.#settle()) return;
    const { name, key, writes } = this.input;
    const ours = fromRedis(error, `${name} ${displayKey(key)}`);
    const lost = ours !== error && ours.code === 'ERR_CONNECTION' && this.stage === 'sent' && writes;
    this.#refuse(lost ? new OffloopError(ours.code, ours.message + UNKNOWN_OUTCOME) : ours);
  }

  #refuse(error: OffloopError): void {
    this.#operations.failed(error);
    this.#reject(error);
  }

  keepOwnTime(): void {
    this.stage = 'sent';
    this.#operations.unwatch(this);
  }

  expire(timeoutMs: number): void {
    // What it waits for knows better why it did not come.
    if (this.onCancel) this.onCancel();
    else if (this.#settle()) this.#refuse(outOfTime(this.input, this.stage, timeoutMs));
  }

  abort(): void {
    if (!this.#settle()) return;
    this.#refuse(aborted(this.input, this.stage));
    this.onCancel?.();
  }

  #settle(): boolean {
    if (this.settled) return false;
    this.settled = true;
    this.#operations.answered(this);
    return true;
  }
}
