import { chooseCodec } from '../codec/auto.js';
import type { Codec } from '../codec/codec.js';
import type { BatchMemo } from '../codec/columns-memo.js';
import { encodeSegments, SEGMENT_BYTES, segmentsOf } from '../codec/segments.js';
import { OffloopError } from '../errors.js';
import { slices } from '../offload/slices.js';

/** The most milliseconds of one turn of the event loop that large values take, as `sliceMs` of a RedisBackend has it. */
export const SLICE_MS = 0.5;

/** A value as bytes, in segments of about 64 KB. */
export interface ValueBytes {
  readonly codec: Codec;
  /** The memory that the segments lie in, one behind the other; no segment lies in two. */
  readonly slabs: readonly Uint8Array[];
  /** Bytes of each segment. */
  readonly lengths: Uint32Array;
  readonly bytes: number;
}

/**
 * Encodes a value: at once where it is small, else in slices with turns of the event loop between them; it must then not be
 * changed before that has ended. Throws, or rejects with, `ERR_VALUE` and the path of what would be lost.
 */
export function encodeValue(value: unknown): ValueBytes | Promise<ValueBytes> {
  const codec = chooseCodec(value);
  const encoder = codec.segmentEncoder?.(value, SEGMENT_BYTES);
  if (!encoder) return bytesOf(codec, encodeSegments(codec, value));
  if (!encoder.next()) {
    const payload = encoder.whole();
    return bytesOf(codec, { slabs: [payload], lengths: Uint32Array.of(payload.length) });
  }
  const step = (): boolean => encoder.next();
  const rest = slices.run({ sliceMs: SLICE_MS, step, stillWanted: () => true });
  const ended = (): ValueBytes => bytesOf(codec, encoder.take());
  return rest === undefined ? ended() : rest.then(ended);
}

/**
 * A new value of the bytes, which stay as they are: at once where they are few, else in slices. Throws, or rejects with,
 * `ERR_CORRUPT`. `memo` is filled by the first decoding of several segments that is given it, and spares the next ones work.
 */
export function decodeValue({ codec, slabs, lengths, bytes }: ValueBytes, memo?: BatchMemo): unknown {
  const [only] = slabs;
  if (lengths.length === 1 && only) return codec.decode(only, false);
  const decoder = codec.segmentDecoder?.(bytes, false, undefined, memo);
  if (!decoder) throw new OffloopError('ERR_CORRUPT', 'a value in segments, of a codec that has none');
  const segments = segmentsOf({ slabs, lengths });
  const step = (): boolean => {
    const { value: segment, done } = segments.next();
    if (segment) decoder.next(segment);
    return !done;
  };
  const rest = slices.run({ sliceMs: SLICE_MS, step, stillWanted: () => true });
  return rest === undefined ? decoder.end() : rest.then(() => decoder.end());
}

function bytesOf(codec: Codec, { slabs, lengths }: Pick<ValueBytes, 'slabs' | 'lengths'>): ValueBytes {
  return { codec, slabs, lengths, bytes: lengths.reduce((sum, length) => sum + length, 0) };
}
