import type { Codec } from '../../dist/codec/codec.js';
import { columnsCodec } from '../../dist/codec/columns.js';
import { type CompressionSettings, hasZstd, resolveCompression } from '../../dist/codec/compression.js';
import { graphCodec } from '../../dist/codec/graph.js';
import type { CodecRegistry } from '../../dist/codec/registry.js';
import { pack, packSegments } from '../../dist/offload/packing.js';
import { recordsOf } from './records.js';
import { segmentEncoder } from './segmented.js';

/** So short that small values have several. */
const SEGMENT_BYTES = 300;

/** A sound frame, and what it was made of. */
export interface FuzzSample {
  readonly name: string;
  readonly codec: Codec;
  readonly compression: CompressionSettings | undefined;
  readonly payload: Uint8Array;
  readonly frame: Buffer;
  readonly value: unknown;
}

/** Data that every codec keeps: JSON's own. */
const PLAIN = { id: 7, name: 'Zoë', tags: ['a', 'b'], deep: { list: [1, 2.5, -3, null, true] }, text: 'x' };
const RICH = {
  at: new Date(1_600_000_000_000),
  big: 2n ** 70n,
  map: new Map<unknown, unknown>([['k', new Set([1, 'two'])]]),
  bytes: Buffer.from('some bytes'),
  numbers: new Float64Array([1.5, -2, Number.NaN]),
};
/** `raw` keeps text and binary data alone. */
const VALUES: Readonly<Record<string, readonly unknown[]>> = {
  raw: ['some text, and é😀', Buffer.from('0123456789abcdef'.repeat(20))],
  json: [PLAIN, recordsOf(600)],
  msgpack: [{ ...PLAIN, ...RICH }, recordsOf(600)],
  cbor: [{ ...PLAIN, ...RICH }, recordsOf(600)],
  graph: [{ ...PLAIN, ...RICH }, recordsOf(600)],
  columns: [recordsOf(3_000), recordsOf(2_000).map((row, n) => ({ ...row, n, at: new Date(n) }))],
};
const ALGORITHMS = ['none', 'gzip', 'brotli', ...(hasZstd ? ['zstd'] : [])];

/** Sound frames of every codec and compression, whole and in segments. */
export function fuzzSamples(registry: CodecRegistry): FuzzSample[] {
  const samples: FuzzSample[] = [];
  for (const [name, values] of Object.entries(VALUES)) {
    const codec = registry.byName(name);
    for (const algorithm of ALGORITHMS) {
      const compression = resolveCompression(
        algorithm === 'none' ? 'none' : { algorithm, minBytes: 0, minSaving: 0 },
      );
      for (const value of values) {
        const payload = Uint8Array.from(codec.encode(value));
        const common = { codec, compression, payload, value };
        const frame = pack({ payload, codec: codec.id, compression });
        samples.push({ name: `${name} ${algorithm}`, ...common, frame });
        if (codec !== graphCodec && codec !== columnsCodec) continue;
        const encoder = segmentEncoder(value, SEGMENT_BYTES, codec);
        while (encoder.next());
        const segmented = packSegments({ payload: encoder.take(), codec: codec.id, compression });
        samples.push({ name: `${name} ${algorithm}, segments`, ...common, frame: segmented });
      }
    }
  }
  return samples;
}
