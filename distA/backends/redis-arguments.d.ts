import { type PathStep, type Selection } from '../codec/value-part.js';
import { OffloopError } from '../errors.js';
import type { Call } from '../redis/call.js';
import type { RetrySettings } from '../redis/retry.js';
import type { ClearProgress } from '../redis/scan.js';
import type { SetOptions } from './cache-backend.js';
import { type CallOptions } from './call-options.js';
import type { RedisBackend } from './redis.js';
/** Options of one `get` of a `RedisBackend`. */
export interface GetOptions extends CallOptions {
    /**
     * The path of a part of the value: names of fields, indexes of elements, keys of a Map; 0 to 500 of them. A worker gets
     * the part alone: of a large value of `graph` or `columns` only the segments that it lies in leave Redis and
     * are decoded. Resolves to `undefined` where there is nothing at the path. Rejects with `ERR_PATH` where it is malformed.
     * @default the whole value
     */
    readonly select?: readonly (string | number)[] | undefined;
    /**
     * Of what `select` leads to, the elements of an array or of binary data, or the characters of a string, from the first
     * number to before the second, 0 or more each. Rejects with `ERR_PATH` where that has no elements.
     * @default all of it
     */
    readonly slice?: readonly [from: number, to: number] | undefined;
}
/** Options of one `set` or `setMany` of a `RedisBackend`. */
export interface RedisSetOptions extends SetOptions, CallOptions {
    /**
     * Whether the value is encoded before the call returns, and may be changed from then on. A large one then holds the
     * event loop for as long as that takes.
     * @default false
     */
    readonly snapshot?: boolean | undefined;
}
/** Options of one `setBytes` or `setStream` of a `RedisBackend`. */
export interface BytesOptions extends SetOptions, CallOptions {
    /**
     * What the bytes are, for whoever opens them, such as `image/png`: 1 to 255 printable ASCII characters.
     * `application/json` has `json()` of the handle pass them on as they are.
     * @default none
     */
    readonly contentType?: string | undefined;
}
/** One entry of `setMany`. */
export interface SetEntry extends SetOptions {
    readonly key: string;
    readonly value: unknown;
}
/** Options of `clear`. */
export interface ClearOptions {
    /** Ends the clear between two steps, with `ERR_ABORTED`; what was removed stays removed. */
    readonly signal?: AbortSignal | undefined;
    /** Milliseconds for one step, 10 to 3,600,000. @default that of the backend */
    readonly timeoutMs?: number | undefined;
    /** Told after each step. */
    readonly onProgress?: ((progress: ClearProgress) => void) | undefined;
}
/** Where a backend comes from, if not from its options alone. @internal */
export interface BackendOrigin {
    readonly parent?: RedisBackend;
    readonly prefix?: string;
    readonly file?: Record<string, unknown>;
}
/** What each call takes. */
declare const OPTIONS: {
    readonly get: ReadonlySet<string>;
    readonly set: ReadonlySet<string>;
    readonly delete: ReadonlySet<string>;
    readonly exists: ReadonlySet<string>;
    readonly ttl: ReadonlySet<string>;
    readonly touch: ReadonlySet<string>;
    readonly getMany: ReadonlySet<string>;
    readonly setMany: ReadonlySet<string>;
    readonly deleteMany: ReadonlySet<string>;
    readonly clear: ReadonlySet<string>;
    readonly open: ReadonlySet<string>;
    readonly setBytes: ReadonlySet<string>;
    readonly setStream: ReadonlySet<string>;
    readonly map: ReadonlySet<string>;
    readonly value: ReadonlySet<string>;
    readonly bytes: ReadonlySet<string>;
    readonly text: ReadonlySet<string>;
    readonly json: ReadonlySet<string>;
    readonly stream: ReadonlySet<string>;
    readonly at: ReadonlySet<string>;
    readonly slice: ReadonlySet<string>;
};
/** The calls that take many keys. */
export type BatchCall = 'getMany' | 'setMany' | 'deleteMany';
/** The names of calls, as they take options. */
export type CallName = keyof typeof OPTIONS;
/** What a call asked for; undefined for nothing. Refuses, with `ERR_OPTION`, options that it does not take, and wrong ones. */
export declare function callOf(options: CallOptions | undefined, name: CallName, retry: RetrySettings): Call | undefined;
/** A part by its path and range. Throws `ERR_PATH`. */
export declare function selectionOf(path: readonly PathStep[], range: Selection['range']): Selection;
/** The part that a get was asked for; undefined for the whole value. Throws `ERR_PATH`. */
export declare function partOfCall(options: GetOptions | undefined): Selection | undefined;
/** Whether a set was asked to encode at once. Refuses, with `ERR_OPTION`, what is no boolean. */
export declare function snapshotOf(options: RedisSetOptions | undefined): boolean;
/** What a clear tells its progress to. Refuses, with `ERR_OPTION`, what is no function. */
export declare function progressOf(options: ClearOptions | undefined): ClearOptions['onProgress'];
/** Refuses, with `ERR_OPTION`, what is no entry of `setMany`; its key, value and TTL are looked at when it is set. */
export declare function assertEntry(entry: unknown): asserts entry is SetEntry;
/** The TTL of a `touch`, which needs one. Refuses with `ERR_TTL`. */
export declare function requiredTtl(ttl: unknown): number;
/** The items of a batch, taken at once. Refuses, with `ERR_OPTION`, what is no list; a string is none. */
export declare function listOf<T>(items: Iterable<T>, call: BatchCall): T[];
/** The error for a clear that would empty the database and may not. */
export declare function flushForbidden(): OffloopError;
export {};
