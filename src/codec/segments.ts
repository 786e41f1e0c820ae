import type { Codec } from './codec.js';

/** Bytes of a segment, about. Each takes main some tenths of a millisecond to encode or decode. */
export const SEGMENT_BYTES = 65_536;

/** An encoded value in segments, one behind the other in slabs of memory; no segment lies in two slabs. */
export interface SegmentedPayload {
  /** The memory, each piece cut to what is used of it. */
  readonly slabs: readonly Uint8Array[];
  /** Whether nothing else lies in the buffers of the slabs, so that they can be handed over as they are. */
  readonly owned: boolean;
  /** Bytes of each segment, in their order. */
  readonly lengths: Uint32Array;
  /** Where in the value each segment begins; what it says is the codec's own. Empty where the codec says nothing. */
  readonly outline: Uint8Array;
}

/** Encodes one value, a segment at a time. */
export interface SegmentEncoder {
  /** Encodes the next segment. False where that was the last. Throws as `encode` of the codec does. */
  next(): boolean;
  /** Bytes of the segments so far. */
  readonly bytes: number;
  /** The one segment of a value that has no more; what `encode` gives. Nobody else holds it. */
  whole(): Uint8Array;
  /** All segments, once there is no next. Nobody else holds them. */
  take(): SegmentedPayload;
}

/** Decodes one value, a segment at a time. */
export interface SegmentDecoder {
  /** Items of arrays, objects and collections that have been announced so far. @default not known */
  readonly items?: number;
  /** Decodes the next segment, a view of something that need not stay. Throws `ERR_CORRUPT`. */
  next(segment: Uint8Array): void;
  /** The value, after the last segment. Throws `ERR_CORRUPT` where it is not complete. */
  end(): unknown;
}

/** Of a payload whose codec does not say where in the value a segment begins. */
export const NO_OUTLINE = new Uint8Array();

/**
 * A payload that a codec wrote in one piece. Where the codec knows no segments it is cut into pieces of bytes, each of
 * which can be verified and decompressed alone, but not decoded.
 */
export function onePiece(codec: Pick<Codec, 'segmentDecoder'>, payload: Uint8Array): SegmentedPayload {
  const pieces = codec.segmentDecoder ? 1 : Math.max(1, Math.ceil(payload.length / SEGMENT_BYTES));
  const lengths = new Uint32Array(pieces).fill(SEGMENT_BYTES);
  lengths[pieces - 1] = payload.length - SEGMENT_BYTES * (pieces - 1);
  return { slabs: [payload], owned: false, lengths, outline: NO_OUTLINE };
}

/** Whether the codec decodes a value from one piece, or wants to. */
export function isDecodedWhole({ segmentDecoder, wantsWhole }: Codec): boolean {
  return segmentDecoder === undefined || wantsWhole === true;
}

/** All segments of a value at once. Throws as `encode` of the codec does. */
export function encodeSegments(codec: Codec, value: unknown): SegmentedPayload {
  const encoder = codec.segmentEncoder?.(value, SEGMENT_BYTES);
  if (!encoder) return onePiece(codec, codec.encode(value));
  if (!encoder.next()) return onePiece(codec, encoder.whole());
  while (encoder.next());
  return encoder.take();
}

/** The segments of a payload, as views of its memory. */
export function* segmentsOf({
  slabs,
  lengths,
}: Pick<SegmentedPayload, 'slabs' | 'lengths'>): Generator<Uint8Array> {
  let slab = 0;
  let from = 0;
  for (const length of lengths) {
    if (from + length > (slabs[slab]?.length ?? 0)) {
      slab++;
      from = 0;
    }
    yield (slabs[slab] ?? new Uint8Array()).subarray(from, from + length);
    from += length;
  }
}
