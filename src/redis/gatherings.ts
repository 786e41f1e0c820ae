import { OffloopError } from '../errors.js';
import { type Abortable, AbortWatch } from './abort-watch.js';
import type { Call } from './call.js';
import { Stop } from './stop.js';

/** Of the whole process: streams may have a signal in common. */
const aborts = new AbortWatch();

/** Who has a source read, and what he asked for. */
interface Asked {
  /** The backend, or the view of one, that was called. */
  readonly owner: object;
  readonly call: Call | undefined;
}

/**
 * The sources that are being read for values to store. A source may take its time; once its backend, or its view, is closed, it
 * has that of one operation.
 */
export class Gatherings {
  readonly #timeoutMs: number;
  readonly #underWay = new Set<Gathering>();

  constructor(timeoutMs: number) {
    this.#timeoutMs = timeoutMs;
  }

  /** Does the work: it reads a source for as long as it is not stopped, and stores what came. `settle` waits for it. */
  async run(asked: Asked, work: (stop: Stop) => Promise<void>): Promise<void> {
    const gathering = new Gathering(asked, this.#timeoutMs);
    this.#underWay.add(gathering);
    try {
      await gathering.run(work);
    } finally {
      this.#underWay.delete(gathering);
    }
  }

  /** Resolves when what an owner asked for has ended, or what anybody did: in the time of one operation, and that of storing it. */
  async settle(owner?: object): Promise<void> {
    const some = [...this.#underWay].filter((gathering) => owner === undefined || gathering.owner === owner);
    await Promise.allSettled(some.map((gathering) => gathering.close()));
  }
}

/** One source that is being read. */
class Gathering implements Abortable {
  readonly owner: object;
  readonly #signal: AbortSignal | undefined;
  readonly #timeoutMs: number;
  readonly #stop = new Stop();
  #ended: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;

  /** The signal has not fired. */
  constructor({ owner, call }: Asked, timeoutMs: number) {
    this.owner = owner;
    this.#signal = call?.signal;
    this.#timeoutMs = call?.timeoutMs ?? timeoutMs;
    if (this.#signal) aborts.add(this.#signal, this);
  }

  run(work: (stop: Stop) => Promise<void>): Promise<void> {
    this.#ended = work(this.#stop).finally(() => {
      clearTimeout(this.#timer);
      if (this.#signal) aborts.remove(this.#signal, this);
    });
    return this.#ended;
  }

  /** Its time runs from now on. Settles when it has ended. */
  close(): Promise<void> {
    this.#timer ??= setTimeout(() => this.#giveUp(), this.#timeoutMs);
    return this.#ended;
  }

  abort(reason: unknown): void {
    const text = 'setStream: aborted before its source ended; nothing was sent';
    this.#stop.end(new OffloopError('ERR_ABORTED', text, 'not-applied', { cause: reason }));
  }

  #giveUp(): void {
    const text = `setStream: the backend was closed, and the source did not end within ${this.#timeoutMs} ms; nothing was sent`;
    this.#stop.end(new OffloopError('ERR_CLOSED', text));
  }
}
