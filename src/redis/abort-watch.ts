/** What a signal can end. */
export interface Abortable {
  abort(reason: unknown): void;
}

interface Watched {
  readonly abortables: Set<Abortable>;
  readonly listener: () => void;
}

/**
 * Who is to be told of which signal. There is one listener on a signal however many wait for it, since a signal takes
 * in and lets go of a listener by looking at all it has; and none once nobody waits.
 */
export class AbortWatch {
  readonly #watched = new Map<AbortSignal, Watched>();

  /** Has it aborted when the signal fires, which it must not have done yet. */
  add(signal: AbortSignal, abortable: Abortable): void {
    const watched = this.#watched.get(signal) ?? this.#listen(signal);
    watched.abortables.add(abortable);
  }

  /** It need not be told any more. Does nothing where it has been. */
  remove(signal: AbortSignal, abortable: Abortable): void {
    const watched = this.#watched.get(signal);
    if (!watched?.abortables.delete(abortable) || watched.abortables.size > 0) return;
    this.#watched.delete(signal);
    signal.removeEventListener('abort', watched.listener);
  }

  #listen(signal: AbortSignal): Watched {
    const abortables = new Set<Abortable>();
    const listener = (): void => {
      this.#watched.delete(signal);
      for (const abortable of abortables) abortable.abort(signal.reason);
    };
    const watched = { abortables, listener };
    this.#watched.set(signal, watched);
    signal.addEventListener('abort', listener, { once: true });
    return watched;
  }
}
