import { expect, test } from 'vitest';
import { columnsCodec } from '../../dist/codec/columns.js';
import { graphCodec } from '../../dist/codec/graph.js';
import { segmentsOf } from '../../dist/codec/segments.js';

const SEGMENT_BYTES = 65_536;

/** Rows with these keys and a text of so many bytes, each another. */
function rowsOf(keys: readonly [string, string], count: number, bytes: number): object[] {
  const [number, text] = keys;
  return Array.from({ length: count }, (_, index) => ({
    [number]: index,
    [text]: `${index} `.padEnd(bytes, 'abcdefgh'),
  }));
}

function segmentsFor(value: unknown): Uint8Array[] {
  const encoder = columnsCodec.segmentEncoder?.(value, SEGMENT_BYTES);
  if (!encoder) throw new Error('no encoder');
  while (encoder.next());
  return [...segmentsOf(encoder.take())].map((segment) => Uint8Array.from(segment));
}

function cameBack(segments: readonly Uint8Array[]): unknown {
  const bytes = segments.reduce((sum, { length }) => sum + length, 0);
  const decoder = columnsCodec.segmentDecoder?.(bytes, false);
  for (const segment of segments) decoder?.next(segment);
  return decoder?.end();
}

test.each([
  ['that no batch is worth', 4_000, 1.1],
  ['of which few fill a segment', 1_500, 1.6],
])('rows %s make no segment much longer than others, the first time as well', (_, bytes, most) => {
  const rows = rowsOf([`n${bytes}`, `t${bytes}`], 1_000, bytes);
  for (let time = 0; time < 2; time++) {
    const segments = segmentsFor(rows);
    expect(Math.max(...segments.map(({ length }) => length))).toBeLessThan(most * SEGMENT_BYTES);
    expect(cameBack(segments)).toEqual(rows);
  }
});

test('rows with the same keys are a batch again where they are short', () => {
  const long = rowsOf(['number', 'text'], 1_000, 4_000);
  // As batches they would take some bytes less a row.
  expect(columnsCodec.encode(long).length).toBeGreaterThan(graphCodec.encode(long).length - 100);
  const short = rowsOf(['number', 'text'], 10_000, 30);
  expect(columnsCodec.encode(short).length).toBeLessThan(graphCodec.encode(short).length - 10_000);
  expect(cameBack(segmentsFor(short))).toEqual(short);
});
