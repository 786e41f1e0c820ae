import type { CallKind } from '../backends/ordered-calls.js';
import { OffloopError } from '../errors.js';

/**
 * The calls of a manager, or of a view of one, up to its end: what comes after the end is refused, and what came before is waited for.
 * A view has an end of its own, and ends with its manager.
 */
export class Lifetime {
  readonly #manager: Lifetime | undefined;
  /** Calls of its own and, of a manager, those of its views. */
  #underWay = 0;
  #isOver = false;
  #whenIdle: (() => void) | undefined;

  /** @param manager that of the manager, for a view */
  constructor(manager?: Lifetime) {
    this.#manager = manager;
  }

  get isOver(): boolean {
    return this.#isOver || this.#manager?.isOver === true;
  }

  /** Throws `ERR_CLOSED`. */
  assertOpen(kind: CallKind): void {
    if (!this.isOver) return;
    throw new OffloopError(
      'ERR_CLOSED',
      'the cache manager was closed',
      kind === 'write' ? 'not-applied' : undefined,
    );
  }

  /** Does the work of a call, which begins before this returns. Rejects with `ERR_CLOSED`. */
  async run<T>(kind: CallKind, work: () => T | Promise<T>): Promise<T> {
    this.assertOpen(kind);
    this.#enter();
    try {
      return await work();
    } finally {
      this.#leave();
    }
  }

  /** Refuses what comes from now on. Resolves when what came before has ended. */
  end(): Promise<void> {
    this.#isOver = true;
    if (this.#underWay === 0) return Promise.resolve();
    return new Promise((resolve) => {
      this.#whenIdle = resolve;
    });
  }

  #enter(): void {
    this.#underWay++;
    if (this.#manager) this.#manager.#enter();
  }

  #leave(): void {
    if (--this.#underWay === 0) this.#whenIdle?.();
    if (this.#manager) this.#manager.#leave();
  }
}
