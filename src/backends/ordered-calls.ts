import { displayKey, OffloopError } from '../errors.js';
import { KeyOrder } from '../redis/key-order.js';

/** How a call may run beside others on its key: reads at the same time, a write alone. */
export type CallKind = 'read' | 'write';

/**
 * The calls on a backend, each when its turn comes: on one key they take effect in the order in which they were made, and
 * clears and the end come after what was called before them.
 */
export class OrderedCalls {
  readonly #order = new KeyOrder();
  readonly #name: string;
  readonly #waitMs: number | undefined;
  #closed = false;
  #underWay = 0;

  /**
   * @param name the backend's, for messages
   * @param waitMs how long a call on a key waits for its turn; undefined for as long as it takes
   */
  constructor(name: string, waitMs?: number) {
    this.#name = name;
    this.#waitMs = waitMs;
  }

  /** Whether nothing runs or waits: what is done at once is in order then. */
  get isIdle(): boolean {
    return this.#underWay === 0;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Throws `ERR_CLOSED`. */
  assertOpen(): void {
    if (this.#closed) throw new OffloopError('ERR_CLOSED', `the ${this.#name} was closed`);
  }

  /**
   * Does the work when earlier calls on the key allow it. Takes its place in the order before it returns. Rejects with `ERR_TIMEOUT`, and does
   * nothing, where its turn does not come in time.
   */
  async run<T>(key: string, kind: CallKind, work: () => T | Promise<T>): Promise<T> {
    const access = kind === 'read' ? 'read' : 'bulk';
    this.#underWay++;
    const turn = new Turn();
    const leave = (): void => {
      this.#underWay--;
      this.#order.leave(key, access);
    };
    if (!this.#order.enter(key, access, turn) && !(await turn.comesWithin(this.#waitMs, leave)))
      throw this.#outOfTime(key, kind);
    try {
      return await work();
    } finally {
      leave();
    }
  }

  /** As {@link run}, for all keys that begin with a prefix. */
  async runOnAll<T>(prefix: string, work: () => T | Promise<T>): Promise<T> {
    this.#underWay++;
    const turn = new Turn();
    if (!this.#order.enterClear(prefix, turn)) await turn.comesWithin(undefined, () => {});
    try {
      return await work();
    } finally {
      this.#underWay--;
      this.#order.leaveClear(turn);
    }
  }

  /** Refuses what comes from now on, and does the work when what was called before has ended. */
  close(work: () => void | Promise<void>): Promise<void> {
    this.#closed = true;
    return this.runOnAll('', work);
  }

  #outOfTime(key: string, kind: CallKind): OffloopError {
    const text = `the ${this.#name}: ${displayKey(key)}: earlier calls on the key did not end within ${this.#waitMs} ms`;
    return new OffloopError('ERR_TIMEOUT', text, kind === 'write' ? 'not-applied' : undefined);
  }
}

/** A place in the order. */
class Turn {
  #start: (() => void) | undefined;
  #started = false;

  /** Whether it comes in so many milliseconds; undefined for ever. Where it comes later, `late` is called then. */
  comesWithin(ms: number | undefined, late: () => void): Promise<boolean> {
    if (this.#started) return Promise.resolve(true);
    return new Promise((resolve) => {
      const giveUp = (): void => {
        this.#start = late;
        resolve(false);
      };
      const timer = ms === undefined ? undefined : setTimeout(giveUp, ms);
      this.#start = () => {
        clearTimeout(timer);
        resolve(true);
      };
    });
  }

  start(): void {
    this.#started = true;
    this.#start?.();
  }
}
