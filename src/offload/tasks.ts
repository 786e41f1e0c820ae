import type { MessagePort } from 'node:worker_threads';
import type { CompressionSettings } from '../codec/compression.js';
import type { RegistrySettings } from '../codec/registry.js';
import type { SegmentedPayload } from '../codec/segments.js';
import type { Selection } from '../codec/value-part.js';
import type { ErrorCode, Outcome } from '../errors.js';
import type { SealIdentity } from '../frame/value-seal.js';
import type { View } from './views.js';

/** Whose value it is, and what opens it. */
export interface Keyed {
  readonly key: string;
  /** The key ring of the backend as text; undefined where it has none. */
  readonly ring: string | undefined;
  /** Segments that it may have. */
  readonly maxSegments: number;
}

/** What a worker needs to reach Redis: connection settings as text, which also names the connection to reuse. */
export interface Remote extends Keyed {
  readonly connection: string;
  /** Milliseconds after which a connection of the worker that nobody uses ends. */
  readonly idleTimeoutMs: number;
  /** When its time is up, by `timeOrigin + now()` of the performance clock, which threads have in common. */
  readonly endsAt: number;
}

/** What both ways to store have in common. */
interface Store extends Remote {
  readonly codec: number;
  readonly compression: CompressionSettings | undefined;
  readonly ttlMs: number | undefined;
  /** The key to store it under, where that is not its own. @default its own */
  readonly into?: string | undefined;
  readonly maxValueBytes: number;
  /** @default none */
  readonly contentType?: string | undefined;
  /** @default none */
  readonly note?: Uint8Array | undefined;
}

/** Store segments that main has encoded. */
export interface StoreTask extends Store {
  readonly kind: 'store';
  readonly payload: SegmentedPayload;
}

/** Encode a value that came by structured clone, and store it. */
export interface StoreGraphTask extends Store {
  readonly kind: 'storeGraph';
  readonly value: unknown;
  readonly codecs: RegistrySettings;
}

/** What reads a frame. */
export interface Fetch extends Remote {
  readonly maxValueBytes: number;
  /** The header that it must have, or it is `ERR_CHANGED`; undefined for any. */
  readonly version: Uint8Array | undefined;
}

/** Get a value's raw payload. */
export interface FetchTask extends Fetch {
  readonly kind: 'fetch';
}

/** Get the first segments of a value; all of one that has none. */
export interface FetchFirstTask extends Fetch {
  readonly kind: 'fetchFirst';
  /** Bytes of the frame to ask for. */
  readonly bytes: number;
  /** Bytes that the segments may take before compression, but for a single one. @default any number */
  readonly rawBytes?: number | undefined;
}

/** By whom a value is sealed of which further segments are to come. */
export interface SealedRest {
  readonly identity: SealIdentity;
  /** How many segments the value has. */
  readonly count: number;
}

/** Get further segments. */
export interface FetchRangeTask extends Remote {
  readonly kind: 'fetchRange';
  /** Undefined where it is not sealed. */
  readonly sealed: SealedRest | undefined;
  /** Segments of the value that come behind these; behind the last there must be nothing. */
  readonly following: number;
  readonly compression: number;
  /** Where the first segment begins in the frame. */
  readonly start: number;
  /** What the table of the frame says of them; see `numbersOf`. */
  readonly rows: Uint32Array;
}

/** Get a value, decoded. */
export interface FetchGraphTask extends Fetch {
  readonly kind: 'fetchGraph';
  readonly codecs: RegistrySettings;
}

/** Get a part of a value. */
export interface FetchPartTask extends Fetch, Selection {
  readonly kind: 'fetchPart';
  readonly codecs: RegistrySettings;
}

/** Get another form of a value. */
export interface FetchViewTask extends Fetch {
  readonly kind: 'fetchView';
  readonly view: View;
  readonly codecs: RegistrySettings;
}

/** Call a function of the user's on a value. */
export interface MapTask extends Fetch {
  readonly kind: 'map';
  /** A `file:` URL. */
  readonly module: string;
  readonly exportName: string;
  readonly args: readonly unknown[];
  /** Closes when nobody waits for it any more. */
  readonly end: MessagePort;
  readonly codecs: RegistrySettings;
}

/** Have a function of the user's make a value, and encode it. */
export interface MakeTask {
  readonly kind: 'make';
  /** A `file:` URL. */
  readonly module: string;
  readonly exportName: string;
  readonly args: readonly unknown[];
  /** Closes when nobody waits for it any more. */
  readonly end: MessagePort;
  /** The name of a codec, or `auto`. */
  readonly codec: string;
  readonly codecs: RegistrySettings;
  readonly maxValueBytes: number;
}

/** Verify and decompress a frame that is already here. */
export interface UnpackTask extends Keyed {
  readonly kind: 'unpack';
  readonly frame: Uint8Array;
  readonly maxValueBytes: number;
}

/** What a worker does. Only bytes and plain data cross. */
export type Task =
  | StoreTask
  | StoreGraphTask
  | FetchTask
  | FetchFirstTask
  | FetchRangeTask
  | FetchGraphTask
  | FetchPartTask
  | FetchViewTask
  | MapTask
  | MakeTask
  | UnpackTask;

/** A value was stored. */
export interface Stored {
  readonly kind: 'stored';
  readonly storedBytes: number;
  /** The memory of the payload, which comes back to be used again. */
  readonly memory: readonly ArrayBuffer[];
}
/** A raw payload, or some segments of one, in a buffer that is transferred. */
export interface Payload {
  readonly kind: 'payload';
  readonly codec: number;
  readonly payload: Uint8Array;
  /** Bytes of each segment in it. */
  readonly lengths: Uint32Array;
  readonly storedBytes: number;
  /** What is stored beside the value. @default none */
  readonly note?: Uint8Array | undefined;
}
/** The first segments of a value, and where the others are. */
export interface FirstSegments extends Omit<Payload, 'kind'> {
  readonly kind: 'first';
  readonly compression: number;
  readonly rawLength: number;
  /** Where the rows' first segment begins in the frame. */
  readonly start: number;
  /** Of the segments that are still to come; see {@link FetchRangeTask}. */
  readonly rows: Uint32Array;
  /** As of a {@link FetchRangeTask}. */
  readonly sealed: SealedRest | undefined;
}
/** A decoded value. */
export interface Graph {
  readonly kind: 'graph';
  readonly value: unknown;
  readonly storedBytes: number;
  /** As of a {@link Payload}. */
  readonly note: Uint8Array | undefined;
}
/** A value that was made, encoded; its payload is transferred. */
export interface Made {
  readonly kind: 'made';
  readonly codec: number;
  readonly payload: Uint8Array;
  readonly lengths: Uint32Array;
  /** As of a {@link SegmentedPayload}. */
  readonly outline: Uint8Array;
}
/** There is no such key, or nothing at the path. */
export interface Missing {
  readonly kind: 'missing';
  /** Whether the key is there. */
  readonly found: boolean;
}
/** What was read is not, or not surely, of the value that was begun with. */
export interface Changed {
  readonly kind: 'changed';
}
/** An error, as the parts that cross: structured clone would lose the code. */
export interface Failed {
  readonly kind: 'failed';
  readonly code: ErrorCode;
  readonly message: string;
  readonly outcome: Outcome | undefined;
}

export type TaskResult = Stored | Payload | FirstSegments | Graph | Made | Missing | Changed | Failed;
