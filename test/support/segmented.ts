import type { Codec } from '../../dist/codec/codec.js';
import { columnsCodec } from '../../dist/codec/columns.js';
import { graphCodec } from '../../dist/codec/graph.js';
import type { SegmentSource } from '../../dist/codec/graph-segment-run.js';
import type { SegmentEncoder } from '../../dist/codec/segments.js';

/** A value in segments of `graph` or `columns`, in memory. */
export interface Segmented {
  readonly codec: Codec;
  readonly outline: Uint8Array;
  readonly segments: readonly Uint8Array[];
}

/** An encoder of segments. */
export function segmentEncoder(value: unknown, limit: number, codec: Codec = graphCodec): SegmentEncoder {
  const encoder = codec.segmentEncoder?.(value, limit);
  if (encoder === undefined) throw new Error('the codec has no segments');
  return encoder;
}

/** What an encoder has made, each segment in memory of its own. */
export function taken(encoder: SegmentEncoder, codec: Codec = graphCodec): Segmented {
  const { slabs, lengths, outline } = encoder.take();
  const bytes = Buffer.concat(slabs);
  let start = 0;
  const segments = Array.from(lengths, (length) => {
    start += length;
    return Uint8Array.from(bytes.subarray(start - length, start));
  });
  if (start !== bytes.length) throw new Error('the slabs hold more than the segments');
  return { codec, outline: Uint8Array.from(outline), segments };
}

/** A value in segments of about `limit` bytes. */
export function segmented(value: unknown, limit: number, codec: Codec = graphCodec): Segmented {
  const encoder = segmentEncoder(value, limit, codec);
  while (encoder.next());
  return taken(encoder, codec);
}

/** The value again, a segment at a time. */
export function joined({ codec, segments }: Segmented): unknown {
  const total = segments.reduce((bytes, { length }) => bytes + length, 0);
  const decoder = codec.segmentDecoder?.(total, false);
  for (const segment of segments) decoder?.next(segment);
  return decoder?.end();
}

/** A source that notes which segments it is asked for. */
export interface CountingSource extends SegmentSource {
  /** Each call's first segment and end. */
  readonly asked: (readonly [number, number])[];
}

export function countingSource({ codec, outline, segments }: Segmented): CountingSource {
  const asked: (readonly [number, number])[] = [];
  return {
    hasBatches: codec === columnsCodec,
    outline,
    lengths: segments.map(({ length }) => length),
    asked,
    async segments(first, end) {
      asked.push([first, end]);
      return segments.slice(first, end);
    },
  };
}

/** How many segments were asked for, and by how many calls; then it starts over. */
export function takeCount({ asked }: CountingSource): { segments: number; calls: number } {
  const calls = asked.length;
  const segments = asked.reduce((sum, [first, end]) => sum + end - first, 0);
  asked.length = 0;
  return { segments, calls };
}
