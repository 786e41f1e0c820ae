import type { CompressionSettings } from '../codec/compression.js';
import type { CustomCodec } from '../codec/registry.js';
import type { ErrorCode } from '../errors.js';

/** What a worker needs to reach Redis: connection settings as text, which also names the connection to reuse. */
interface Remote {
  readonly connection: string;
  /** Milliseconds after which a connection of the worker that nobody uses ends. */
  readonly idleTimeoutMs: number;
  /** When its time is up, by `timeOrigin + now()` of the performance clock, which threads have in common. */
  readonly endsAt: number;
  readonly key: string;
}

/** Store bytes that main has encoded. */
export interface StoreTask extends Remote {
  readonly kind: 'store';
  readonly codec: number;
  readonly payload: Uint8Array;
  readonly compression: CompressionSettings | undefined;
  readonly ttlMs: number | undefined;
  readonly maxValueBytes: number;
}

/** Encode a value that came by structured clone, and store it. */
export interface StoreGraphTask extends Remote {
  readonly kind: 'storeGraph';
  readonly codec: number;
  readonly value: unknown;
  readonly codecs: readonly CustomCodec[];
  readonly compression: CompressionSettings | undefined;
  readonly ttlMs: number | undefined;
  readonly maxValueBytes: number;
}

/** Get a value's raw payload. */
export interface FetchTask extends Remote {
  readonly kind: 'fetch';
  readonly maxValueBytes: number;
}

/** Get a value, decoded. */
export interface FetchGraphTask extends Remote {
  readonly kind: 'fetchGraph';
  readonly maxValueBytes: number;
  readonly codecs: readonly CustomCodec[];
}

/** Verify and decompress a frame that is already here. */
export interface UnpackTask {
  readonly kind: 'unpack';
  readonly frame: Uint8Array;
  readonly maxValueBytes: number;
}

/** What a worker does. Only bytes and plain data cross. */
export type Task = StoreTask | StoreGraphTask | FetchTask | FetchGraphTask | UnpackTask;

/** A value was stored. */
export interface Stored {
  readonly kind: 'stored';
  readonly storedBytes: number;
}
/** A raw payload, in a buffer that is transferred. */
export interface Payload {
  readonly kind: 'payload';
  readonly codec: number;
  readonly payload: Uint8Array;
  readonly storedBytes: number;
}
/** A decoded value. */
export interface Graph {
  readonly kind: 'graph';
  readonly value: unknown;
  readonly storedBytes: number;
}
/** There is no such key. */
export interface Missing {
  readonly kind: 'missing';
}
/** An error, as the parts that cross: structured clone would lose the code. */
export interface Failed {
  readonly kind: 'failed';
  readonly code: ErrorCode;
  readonly message: string;
}

export type TaskResult = Stored | Payload | Graph | Missing | Failed;
