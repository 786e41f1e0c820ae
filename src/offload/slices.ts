import { OffloopError } from '../errors.js';
import { GivingWay } from './giving-way.js';

/** Work on the main thread in steps, each a fraction of a millisecond. */
export interface SlicedWork {
  /** The most milliseconds of one turn of the event loop, the work of others included; a step more at most. */
  readonly sliceMs: number;
  /** Does one step. True where there is more to do. */
  step(): boolean;
  /** Whether anybody still waits for it. */
  stillWanted(): boolean;
  /** Whether short answers are on their way that should not wait for it. @default never */
  givesWay?(): boolean;
}

interface Job {
  readonly work: SlicedWork;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Gives the event loop a turn between slices of long work. All works of the process share one budget a turn, step by
 * step in rotation: ten of them do not make a turn ten times as long, and a short one does not wait for a long one. Nor do short answers: see
 * {@link GivingWay}.
 */
export class Slices {
  #jobs: Job[] = [];
  #spentMs = 0;
  /** Whether the end of this turn of the event loop is being waited for. */
  #waiting = false;
  readonly #givingWay = new GivingWay();

  /** Works that are under way. */
  get count(): number {
    return this.#jobs.length;
  }

  /**
   * Does the work, as much of it at once as fits into what is left of this turn's budget. Returns undefined where that
   * was all. Rejects with what a step throws, and with `ERR_ABORTED` where nobody waits any more.
   */
  run(work: SlicedWork): Promise<void> | undefined {
    if (this.#jobs.length === 0 && !this.#stepsUntilSpent(work)) return undefined;
    return new Promise((resolve, reject) => {
      this.#jobs.push({ work, resolve, reject });
      this.#wait();
    });
  }

  #wait(): void {
    if (this.#waiting) return;
    this.#waiting = true;
    setImmediate(this.#turn);
  }

  readonly #turn = (): void => {
    this.#waiting = false;
    this.#spentMs = 0;
    const start = performance.now();
    const isAwaited = this.#jobs.some(({ work }) => work.givesWay?.());
    if (this.#givingWay.decide(isAwaited, start)) {
      this.#wait();
      return;
    }
    let job = this.#jobs.shift();
    while (job) {
      this.#step(job);
      this.#spentMs = performance.now() - start;
      if (this.#jobs.length === 0 || this.#spentMs >= (this.#jobs[0]?.work.sliceMs ?? 0)) break;
      job = this.#jobs.shift();
    }
    // Also where nothing is left: what comes in this turn finds its budget spent, and what comes later does not.
    if (this.#spentMs > 0) this.#wait();
  };

  /** One step of a job, which is then the last in the rotation. */
  #step(job: Job): void {
    const { work, resolve, reject } = job;
    try {
      if (!work.stillWanted())
        reject(new OffloopError('ERR_ABORTED', 'nobody waits for this value any more'));
      else if (work.step()) this.#jobs.push(job);
      else resolve();
    } catch (error) {
      reject(error);
    }
  }

  /** Steps of a work that is alone. True where there is more to do. */
  #stepsUntilSpent(work: SlicedWork): boolean {
    const { sliceMs } = work;
    const start = performance.now() - this.#spentMs;
    let more = true;
    while (more && performance.now() - start < sliceMs) more = work.step();
    this.#spentMs = performance.now() - start;
    this.#wait();
    return more;
  }
}

/** Of the whole process, which has one event loop. */
export const slices = new Slices();
