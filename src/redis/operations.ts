import { displayKey, type ErrorCode, OffloopError } from '../errors.js';
import { type Access, KeyOrder, type Turn } from './key-order.js';
import { fromRedis } from './redis-error.js';

/** How far an operation has come; decides what its running out of time means. */
export type Stage = 'ordered' | 'connecting' | 'queued' | 'working' | 'sent';

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
  /** Does the work. An error of ioredis that it throws or rejects with is made one of ours. */
  work(operation: Operation): Promise<unknown>;
}

/** What the work of an operation sees of it. */
export interface Operation {
  stage: Stage;
  /** When its time is up, by `performance.now()` of this thread. */
  readonly endsAt: number;
  /** Whether its caller has been answered: nothing more may be sent for it. */
  readonly settled: boolean;
  /** Called when its time is up, to end what its work waits for: the work then rejects at once. */
  onExpire: (() => void) | undefined;
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

/**
 * The operations under way: each gets its turn by its key, is answered within its time, and is waited for by
 * `drain`. An operation whose time is up is answered at once; its turn on the key ends when its work does, so that
 * nothing overtakes it.
 */
export class Operations {
  readonly #order = new KeyOrder();
  readonly #listener: OperationsListener;
  #count = 0;
  #idle: (() => void)[] = [];
  /** Those that have not been answered, the oldest first, as a ring through this anchor: their times end in this order. */
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

  /** Runs one operation when its turn comes. */
  run<T>(input: OperationInput): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const running = new Running(input, resolve as (value: unknown) => void, reject, this);
      if (this.#count++ === 0) this.#listener.busy(true);
      this.#watch(running);
      const { access, key } = input;
      const now =
        access === 'clear' ? this.#order.enterClear(key, running) : this.#order.enter(key, access, running);
      if (now) running.start();
    });
  }

  /** Resolves when every caller has an answer. What hangs on after that is not waited for. */
  drain(): Promise<void> {
    if (this.#count === 0) return Promise.resolve();
    return new Promise((resolve) => this.#idle.push(resolve));
  }

  /** The work of an operation has ended. For {@link Running} alone. */
  ended(running: Running): void {
    const { access, key } = running.input;
    if (access === 'clear') this.#order.leaveClear(running);
    else this.#order.leave(key, access);
  }

  /** The caller of an operation is being answered. For {@link Running} alone. */
  answered(running: Running): void {
    this.unwatch(running);
    if (--this.#count > 0) return;
    this.#listener.busy(false);
    const waiting = this.#idle;
    this.#idle = [];
    for (const resolve of waiting) resolve();
  }

  /** The caller is about to be told of a failure. For {@link Running} alone. */
  failed(error: OffloopError): void {
    this.#listener.failed(error);
  }

  /** The limit no longer holds for it: its caller has been answered, or its work keeps its own time. */
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

class Running implements Operation, Turn, Link {
  readonly input: OperationInput;
  stage: Stage = 'ordered';
  settled = false;
  onExpire: (() => void) | undefined = undefined;
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

  start(): void {
    if (this.settled) {
      // Its time ended while it waited for its turn: nothing is sent, and the turn is passed on.
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
    if (this.onExpire) this.onExpire();
    else if (this.#settle()) this.#refuse(outOfTime(this, timeoutMs));
  }

  #settle(): boolean {
    if (this.settled) return false;
    this.settled = true;
    this.#operations.answered(this);
    return true;
  }
}

const UNKNOWN_OUTCOME = '; the outcome is unknown';

const REASONS: Readonly<Record<Stage, { code: ErrorCode; text: string }>> = {
  ordered: { code: 'ERR_TIMEOUT', text: 'earlier operations on this key did not end; nothing was sent' },
  connecting: { code: 'ERR_CONNECTION', text: 'no connection to Redis; nothing was sent' },
  queued: { code: 'ERR_OVERLOADED', text: 'no worker came free (see the pool options); nothing was sent' },
  working: { code: 'ERR_TIMEOUT', text: 'a worker did not finish' },
  sent: { code: 'ERR_TIMEOUT', text: 'Redis did not answer' },
};

function outOfTime({ input, stage }: Running, timeoutMs: number): OffloopError {
  const { code, text } = REASONS[stage];
  const outcome = (stage === 'sent' || stage === 'working') && input.writes ? UNKNOWN_OUTCOME : '';
  return new OffloopError(
    code,
    `${input.name} ${displayKey(input.key)}: ${text} within ${timeoutMs} ms${outcome}`,
  );
}
