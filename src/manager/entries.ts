import type { CacheBackend } from '../backends/cache-backend.js';
import { type KeyLeases, type NotedStore, type NotedValue, notedStoreOf } from '../backends/noted-store.js';
import type { NoteSpan } from '../frame/note.js';
import type { Made } from '../offload/tasks.js';
import type { Lease } from '../redis/leases.js';
import {
  decodeEntryNote,
  type EntryNote,
  encodeEntryNote,
  isPlainlyFresh,
  type Stamp,
} from './entry-note.js';

/** Tells whether what values were stamped with still holds. */
export interface Validity {
  /**
   * The stamps of a value that is about to be made. Taken before, so that what is invalidated while it is made does not
   * outlive that.
   */
  stamp(names: readonly string[]): readonly Stamp[] | Promise<readonly Stamp[]>;
  /** Sees to it that stamps can hold for as long as a value is kept, in seconds; `Infinity` for ever. */
  keep(stamps: readonly Stamp[], ttl: number): Promise<void>;
  /** Whether all stamps are those of now. */
  holds(stamps: readonly Stamp[]): boolean | Promise<boolean>;
}

/** A value that was found. */
export interface Entry {
  /** Undefined where it is known that there is none. */
  readonly value: unknown;
  /** Undefined of a value that was stored without one: it is fresh for as long as it is there. */
  readonly note: EntryNote | undefined;
}

/** How an entry is kept. */
export interface EntryWrite {
  /** Seconds that the backend keeps it; `Infinity` for ever. */
  readonly ttl: number;
  /** @default none: it is fresh for as long as it is there */
  readonly note?: EntryNote | undefined;
  /** A lease that must still be held. Wants a note. @default none */
  readonly fence?: Lease | undefined;
  /** The value as a worker has encoded it. Wants a note. @default it is encoded */
  readonly made?: Made | undefined;
  /** Asked in the turn in which it is stored: false, and it is not. @default it is stored */
  readonly isWanted?: (() => boolean) | undefined;
}

/** How an entry is read. */
export interface EntryRead {
  readonly signal?: AbortSignal | undefined;
  /** Whether an entry is wanted that is not fresh any more. @default false */
  readonly stale?: boolean;
}

/**
 * The entries of a manager in its backend: values with notes, where the backend keeps such, else values alone. What does not
 * count any more by its note is not there.
 */
export class Entries {
  readonly #backend: CacheBackend;
  readonly #noted: NotedStore | undefined;
  readonly #validity: Validity | undefined;
  readonly #freshWish = { accept: (note: NoteSpan | undefined) => this.#accepts(note, false) };
  readonly #staleWish = { accept: (note: NoteSpan | undefined) => this.#accepts(note, true) };

  constructor(backend: CacheBackend, validity?: Validity) {
    this.#backend = backend;
    this.#noted = notedStoreOf(backend);
    this.#validity = validity;
  }

  /** Whether the backend keeps notes; without them every value that is there is fresh, and nothing can be stamped. */
  get keepsNotes(): boolean {
    return this.#noted !== undefined;
  }

  /** What keeps other processes from making the same value; undefined where nothing does. */
  get leases(): KeyLeases | undefined {
    return this.#noted?.leases;
  }

  /** Has a worker make a value; undefined where the backend has none. */
  get make(): NotedStore['make'] {
    return this.#noted?.make;
  }

  /** The stamps of a value that is about to be made. */
  stamp(names: readonly string[]): readonly Stamp[] | Promise<readonly Stamp[]> {
    return this.#validity?.stamp(names) ?? [];
  }

  /** An entry that counts; undefined where there is none. */
  async read(key: string, { signal, stale = false }: EntryRead = {}): Promise<Entry | undefined> {
    const found = await this.find(key, { signal, stale });
    return found && this.entryOf(found, stale);
  }

  /** The first half of {@link read}: what is stored. For who cannot afford a promise more. */
  find(key: string, { signal, stale = false }: EntryRead): Promise<NotedValue | undefined> {
    if (!this.#noted) return this.#findPlain(key);
    const wish = stale ? this.#staleWish : this.#freshWish;
    return this.#noted.getNoted(key, signal ? { ...wish, signal } : wish);
  }

  async #findPlain(key: string): Promise<NotedValue | undefined> {
    const value = await this.#backend.get(key);
    return value === undefined ? undefined : { value };
  }

  /** Stores a value, replacing any earlier one; false where a fence did not hold, or it was not wanted any more. */
  async write(
    key: string,
    value: unknown,
    { ttl, note, fence, made, isWanted }: EntryWrite,
  ): Promise<boolean> {
    const options = ttl === Number.POSITIVE_INFINITY ? {} : { ttl };
    if (this.#noted && note && note.stamps.length > 0) await this.#validity?.keep(note.stamps, ttl);
    if (isWanted?.() === false) return false;
    if (this.#noted && note)
      return this.#noted.setNoted(key, value, { ...options, note: encodeEntryNote(note), fence, made });
    await this.#backend.set(key, value, options);
    return true;
  }

  /** Whether what is stored surely counts and is fresh; a look at its note that spares taking it apart. */
  isPlainlyFresh({ note }: NotedValue): boolean {
    return note === undefined || isPlainlyFresh(note);
  }

  /** The second half of {@link read}: what counts of that. */
  entryOf(found: NotedValue, stale: boolean): Entry | undefined | Promise<Entry | undefined> {
    const { value, note: span } = found;
    if (!span) return { value, note: undefined };
    const note = decodeEntryNote(span);
    if (!note || !isWanted(note, stale)) return undefined;
    const holds = this.#holds(note);
    const entry = { value: note.absent ? undefined : value, note };
    if (typeof holds === 'boolean') return holds ? entry : undefined;
    return holds.then((held) => (held ? entry : undefined));
  }

  /** Asked before the rest of a large value is fetched. */
  #accepts(span: NoteSpan | undefined, stale: boolean): boolean | Promise<boolean> {
    const note = span && decodeEntryNote(span);
    if (!note) return span === undefined;
    return isWanted(note, stale) && this.#holds(note);
  }

  #holds({ stamps }: EntryNote): boolean | Promise<boolean> {
    return stamps.length === 0 || !this.#validity || this.#validity.holds(stamps);
  }
}

/** Whether an entry is fresh. */
export function isFresh({ note }: Entry): boolean {
  return note === undefined || note.freshUntil > Date.now();
}

function isWanted(note: EntryNote, stale: boolean): boolean {
  return stale || note.freshUntil > Date.now();
}
