import { constants, type PerformanceEntry, PerformanceObserver } from 'node:perf_hooks';

const { NODE_PERFORMANCE_GC_INCREMENTAL: BEGIN, NODE_PERFORMANCE_GC_MAJOR: END } = constants;
/** Milliseconds from its beginning on that marking is waited for: 10 to 30 are usual for 100 MB of objects. */
const WAIT_MS = 50;

/** What Node.js tells of a collection. */
interface GarbageEntry extends PerformanceEntry {
  readonly detail: { readonly kind: number };
}

/**
 * Notices when the engine marks what is alive, before a full collection. It does so beside the program, unless the young generation
 * is collected meanwhile: V8 13 (Node 24) then first ends the marking in one piece, 15 ms for 60 MB, and all others have to copy and to
 * mark the same objects. So who makes many objects waits for the end of it.
 */
export class Marking {
  #observer: PerformanceObserver | undefined;
  #begunMs: number | undefined;
  #waiting: (() => void)[] = [];
  #begun = 0;

  /** How often it has begun since it is watched. */
  get begun(): number {
    this.#update();
    return this.#begun;
  }

  /** Begins to watch, for as long as the process lives. One that is under way already is not noticed. */
  watch(): void {
    if (this.#observer) return;
    this.#observer = new PerformanceObserver((list) => this.#take(list.getEntries()));
    this.#observer.observe({ type: 'gc' });
  }

  /** Whether it is under way. */
  get isUnderWay(): boolean {
    this.#update();
    return this.#begunMs !== undefined;
  }

  /** Whether it is under way and not for long, so that waiting for its end is worth it. */
  get isShort(): boolean {
    return this.isUnderWay && performance.now() < (this.#begunMs ?? 0) + WAIT_MS;
  }

  /** Resolves when it has ended, or takes long. */
  async pause(): Promise<void> {
    if (!this.isShort) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, WAIT_MS);
      this.#waiting.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  /** What the engine has told is handed over a turn later, or now. */
  #update(): void {
    this.#take(this.#observer?.takeRecords() ?? []);
  }

  #take(entries: readonly PerformanceEntry[]): void {
    for (const entry of entries) {
      const { kind } = (entry as GarbageEntry).detail;
      if (kind === BEGIN) {
        this.#begunMs = entry.startTime;
        this.#begun++;
      } else if (kind === END) {
        this.#begunMs = undefined;
        for (const resume of this.#waiting.splice(0)) resume();
      }
    }
  }
}

/** Of the thread, which has one heap. */
export const marking = new Marking();
