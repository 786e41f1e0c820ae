import type { CacheBackend } from '../backends/cache-backend.js';
import { type KeyLeases, type NotedStore, type NotedValue } from '../backends/noted-store.js';
import type { Made } from '../offload/tasks.js';
import type { Lease } from '../redis/leases.js';
import { type EntryNote, type Stamp } from './entry-note.js';
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
export declare class Entries {
    #private;
    constructor(backend: CacheBackend, validity?: Validity);
    /** Whether the backend keeps notes; without them every value that is there is fresh, and nothing can be stamped. */
    get keepsNotes(): boolean;
    /** What keeps other processes from making the same value; undefined where nothing does. */
    get leases(): KeyLeases | undefined;
    /** Has a worker make a value; undefined where the backend has none. */
    get make(): NotedStore['make'];
    /** The stamps of a value that is about to be made. */
    stamp(names: readonly string[]): readonly Stamp[] | Promise<readonly Stamp[]>;
    /** An entry that counts; undefined where there is none. */
    read(key: string, { signal, stale }?: EntryRead): Promise<Entry | undefined>;
    /** The first half of {@link read}: what is stored. For who cannot afford a promise more. */
    find(key: string, { signal, stale }: EntryRead): Promise<NotedValue | undefined>;
    /** Stores a value, replacing any earlier one; false where a fence did not hold. */
    write(key: string, value: unknown, { ttl, note, fence, made }: EntryWrite): Promise<boolean>;
    /** Whether what is stored surely counts and is fresh; a look at its note that spares taking it apart. */
    isPlainlyFresh({ note }: NotedValue): boolean;
    /** The second half of {@link read}: what counts of that. */
    entryOf(found: NotedValue, stale: boolean): Entry | undefined | Promise<Entry | undefined>;
}
/** Whether an entry is fresh. */
export declare function isFresh({ note }: Entry): boolean;
