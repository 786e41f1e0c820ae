import { BroadcastChannel, isMainThread, threadId } from 'node:worker_threads';

/** By this name the threads of this process hear a roll call. */
const CHANNEL = 'offloop:roll-call';
/** Milliseconds between two looks at what threads hold. */
const LOOK_MS = 100;
/**
 * Milliseconds of silence after which a thread is taken to hang. A thread answers between two pieces of work; the longest of
 * those, compressing 64 KB of a value, takes some milliseconds.
 */
const SILENCE_MS = 1_000;
/** The same of a thread that has not said yet that it has started, which takes seconds on a busy machine. */
const START_MS = 10_000;

/** A thread of the pool. */
export interface CalledThread {
  readonly threadId: number;
  terminate(): Promise<number>;
}

/** Work that a thread holds. */
export interface HeldWork {
  /**
   * When its caller is answered at the latest, by `performance.now()`. A method and no accessor: the engine makes a hidden class of its own for
   * each object with an accessor, which keeps all that this can reach until the old generation is collected.
   */
  endsAt(): number;
}

const QUESTION = 'who is there?';
type Question = typeof QUESTION;

interface Answer {
  readonly thread: number;
}

/**
 * Finds threads that hang, and ends them. As long as work is under way whose time will be up before a silence would be noticed,
 * the threads are asked whether they are there. Ended is a thread that was silent for a second while the time of some work of
 * the pool is up: a slow thread that holds up nobody is left alone, and so is one that answers while Redis does not.
 */
export class RollCall {
  readonly #threads: () => readonly CalledThread[];
  readonly #held = new Set<HeldWork>();
  /** When each thread was last heard, or first asked, by its number. */
  readonly #heard = new Map<number, number>();
  /** Threads that have said that they are there. */
  readonly #started = new Set<number>();
  readonly #channel: BroadcastChannel;
  #timer: NodeJS.Timeout | undefined;
  #lastLook = 0;
  #ended = 0;

  constructor(threads: () => readonly CalledThread[]) {
    this.#threads = threads;
    // From the beginning, so that no thread that says it has started goes unheard.
    this.#channel = this.#open();
  }

  /** Threads that were ended. */
  get ended(): number {
    return this.#ended;
  }

  /** Work is given to a thread. */
  began(work: HeldWork): void {
    this.#held.add(work);
    this.#timer ??= this.#later();
  }

  /** It has come back, or was lost. */
  finished(work: HeldWork): void {
    this.#held.delete(work);
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#held.clear();
    this.#channel.close();
  }

  #later(): NodeJS.Timeout {
    this.#lastLook = performance.now();
    // Work whose caller has been answered is nothing to stay alive for; other work is kept alive by its own time.
    return setTimeout(() => this.#look(), LOOK_MS).unref();
  }

  #look(): void {
    this.#timer = undefined;
    if (this.#held.size === 0) {
      this.#heard.clear();
      return;
    }
    const now = performance.now();
    const ends = [...this.#held].map((work) => work.endsAt());
    const first = Math.min(...ends);
    // Where this thread itself was held up, the answers wait behind this look.
    const wasHeldUp = now - this.#lastLook > 2 * LOOK_MS;
    if (first <= now + SILENCE_MS + LOOK_MS) {
      if (first <= now && !wasHeldUp) this.#endSilent(now);
      this.#ask(now);
    } else this.#heard.clear();
    this.#timer = this.#later();
  }

  #ask(now: number): void {
    this.#channel.postMessage(QUESTION);
    const alive = new Set(this.#threads().map((thread) => thread.threadId));
    for (const thread of this.#heard.keys()) if (!alive.has(thread)) this.#heard.delete(thread);
    for (const thread of this.#started) if (!alive.has(thread)) this.#started.delete(thread);
    for (const thread of alive) if (!this.#heard.has(thread)) this.#heard.set(thread, now);
  }

  #endSilent(now: number): void {
    for (const thread of this.#threads()) {
      const heard = this.#heard.get(thread.threadId);
      const silence = this.#started.has(thread.threadId) ? SILENCE_MS : START_MS;
      if (heard === undefined || now - heard < silence) continue;
      this.#heard.delete(thread.threadId);
      this.#ended++;
      // Whoever holds the thread is told by its exit.
      void thread.terminate();
    }
  }

  #open(): BroadcastChannel {
    const channel = new BroadcastChannel(CHANNEL);
    channel.onmessage = (message: unknown) => {
      // Questions of other pools come here too.
      const { data } = message as { readonly data: Answer | Question };
      if (typeof data !== 'object') return;
      this.#started.add(data.thread);
      if (this.#heard.has(data.thread)) this.#heard.set(data.thread, performance.now());
    };
    channel.unref();
    return channel;
  }
}

/** Says that this thread has started, and has it answer roll calls. For the worker's side. */
export function answerRollCalls(): void {
  if (isMainThread) return;
  const channel = new BroadcastChannel(CHANNEL);
  const answer = (): void => channel.postMessage({ thread: threadId } satisfies Answer);
  channel.onmessage = (message: unknown) => {
    const { data } = message as { readonly data: Answer | Question };
    if (data === QUESTION) answer();
  };
  answer();
  channel.unref();
}
