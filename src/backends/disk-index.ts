import { ownText } from '../codec/text.js';

/** Where a value lies in the store. */
export interface DiskEntry {
  /** Tells its pieces from those of every other value that the store ever had. */
  readonly id: number;
  readonly pieces: number;
  /** Bytes of its pieces and its key. */
  readonly bytes: number;
  /** By `Date.now()`; undefined where it does not expire. */
  readonly expiresAt: number | undefined;
}

/** Bytes that an entry takes in the store besides its key and its payload, about. */
export const RECORD_BYTES = 128;

/** What a store holds, in memory: the least recently used first. */
export class DiskIndex {
  readonly #entries = new Map<string, DiskEntry>();
  #bytes = 0;
  #nextId = 1;

  /** Of all entries, the expired that are still there included. */
  get bytes(): number {
    return this.#bytes;
  }

  get count(): number {
    return this.#entries.size;
  }

  /** An id that no value has had. */
  newId(): number {
    return this.#nextId++;
  }

  /** That an id is taken. */
  sawId(id: number): void {
    this.#nextId = Math.max(this.#nextId, id + 1);
  }

  /** The entry, expired or not. */
  find(key: string): DiskEntry | undefined {
    return this.#entries.get(key);
  }

  /** The entry, where it has not expired. */
  live(key: string): DiskEntry | undefined {
    const entry = this.#entries.get(key);
    return entry && isLive(entry) ? entry : undefined;
  }

  /** Makes an entry the last to be evicted. */
  use(key: string): void {
    const entry = this.#entries.get(key);
    if (!entry) return;
    this.#entries.delete(key);
    this.#append(key, entry);
  }

  put(key: string, entry: DiskEntry): void {
    this.remove(key);
    this.sawId(entry.id);
    this.#append(key, entry);
    this.#bytes += entry.bytes;
  }

  remove(key: string): void {
    const entry = this.#entries.get(key);
    if (!entry) return;
    this.#entries.delete(key);
    this.#bytes -= entry.bytes;
  }

  /** Keys and entries with a prefix, the least recently used first. */
  *withPrefix(prefix: string): Generator<[string, DiskEntry]> {
    for (const found of this.#entries) if (found[0].startsWith(prefix)) yield found;
  }

  /** How many with a prefix have not expired, and their bytes. */
  liveWith(prefix: string): { readonly count: number; readonly bytes: number } {
    let count = 0;
    let bytes = 0;
    for (const [, entry] of this.withPrefix(prefix)) {
      if (!isLive(entry)) continue;
      count++;
      bytes += entry.bytes;
    }
    return { count, bytes };
  }

  /** The keys of the expired. */
  expired(): string[] {
    return [...this.#entries].filter(([, entry]) => !isLive(entry)).map(([key]) => key);
  }

  /** The entry that was not used for longest. */
  oldest(): [string, DiskEntry] | undefined {
    for (const entry of this.#entries) return entry;
    return undefined;
  }

  #append(key: string, entry: DiskEntry): void {
    this.#entries.set(ownText(key), entry);
  }
}

function isLive({ expiresAt }: DiskEntry): boolean {
  return expiresAt === undefined || expiresAt > Date.now();
}
