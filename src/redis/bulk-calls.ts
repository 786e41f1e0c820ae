import type { MapTask } from '../offload/tasks.js';

/** What a write puts where. */
export interface BulkWrite {
  readonly key: string;
  readonly codec: number;
  readonly ttlMs: number | undefined;
  /** The key to store it under for the time being. @default its own */
  readonly into?: string | undefined;
  /** Of bytes alone. @default none */
  readonly contentType?: string | undefined;
  /** @default none */
  readonly note?: Uint8Array | undefined;
  /** Whether compression is tried, where there is one. @default true */
  readonly compresses?: boolean;
}

/** What a read wants. */
export interface BulkRead {
  readonly key: string;
  /** Bytes that it is expected to take. */
  readonly bytes: number;
  /** The header that the value must have, or it is `ERR_CHANGED`. @default any */
  readonly version?: Uint8Array | undefined;
}

/** What a function of the user's is called with. */
export type BulkMap = BulkRead & Pick<MapTask, 'module' | 'exportName' | 'args' | 'end'>;
