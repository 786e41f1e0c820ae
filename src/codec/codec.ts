import type { BatchMemo } from './columns-memo.js';
import type { DecodeLimits } from './limits.js';
import type { SegmentDecoder, SegmentEncoder } from './segments.js';

/**
 * Turns values into bytes and back. The codecs of this folder know neither Redis nor threads; the same code runs
 * on the main thread and in workers.
 */
export interface Codec {
  /** The name in options, `stats()` and messages. */
  readonly name: string;
  /**
   * The number in the stored frame, 1 to 255. 1 to 63 are Offloop's own, 64 to 255 are free for custom codecs.
   * It never changes its meaning.
   */
  readonly id: number;
  /**
   * The value's bytes. May return a view of a larger buffer, which the caller copies before the next call.
   * Throws `ERR_VALUE` with the path of the first part that it would lose.
   */
  encode(value: unknown): Uint8Array;
  /**
   * The value again. Throws `ERR_CORRUPT` on bytes that it could not have written; never runs what they say.
   * With `owned` the bytes' buffer belongs to nobody else, and the value may be a view of it; without, the bytes
   * are a view of something shared, and whatever outlives the call must be copied. Throws `ERR_LIMIT` where the value is over
   * the limits, which hold for Offloop's own codecs; without any, only what these write is read.
   */
  decode(bytes: Uint8Array, owned: boolean, limits?: DecodeLimits): unknown;
  /**
   * Encodes a value in segments of about `limitBytes` each, 64 or more. Absent where a codec takes values whole: such a
   * payload is cut into pieces of bytes. A value of one segment has the payload that `encode` gives.
   */
  segmentEncoder?(value: unknown, limitBytes: number): SegmentEncoder;
  /** Whether its values are rather views of the payload, which must then come in one piece. @default false */
  readonly wantsWhole?: boolean;
  /**
   * Decodes segments. `totalBytes`: of all of them together, before compression. With `owned` they lie behind each
   * other in one buffer, which belongs to nobody else, and the value may be a view of it. `memo` is of the same payload; a codec
   * may do without.
   */
  segmentDecoder?(
    totalBytes: number,
    owned: boolean,
    limits?: DecodeLimits,
    memo?: BatchMemo,
  ): SegmentDecoder;
}
