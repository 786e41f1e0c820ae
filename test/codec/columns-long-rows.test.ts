import { expect, test } from 'vitest';
import { columnsCodec } from '../../dist/codec/columns.js';
import { graphCodec } from '../../dist/codec/graph.js';
import { joined, segmented } from '../support/segmented.js';

const SEGMENT_BYTES = 65_536;

/** Rows with these keys and a text of so many bytes, each another. */
function rowsOf(keys: readonly [string, string], count: number, bytes: number): object[] {
  const [number, text] = keys;
  return Array.from({ length: count }, (_, index) => ({
    [number]: index,
    [text]: `${index} `.padEnd(bytes, 'abcdefgh'),
  }));
}

test.each([
  ['that no batch is worth', 4_000, 1.1],
  ['of which few fill a segment', 1_500, 1.6],
])('rows %s make no segment much longer than others, the first time as well', (_, bytes, most) => {
  const rows = rowsOf([`n${bytes}`, `t${bytes}`], 1_000, bytes);
  for (let time = 0; time < 2; time++) {
    const made = segmented(rows, SEGMENT_BYTES, columnsCodec);
    expect(Math.max(...made.segments.map(({ length }) => length))).toBeLessThan(most * SEGMENT_BYTES);
    expect(joined(made)).toEqual(rows);
  }
});

test('rows with the same keys are a batch again where they are short', () => {
  const long = rowsOf(['number', 'text'], 1_000, 4_000);
  // As batches they would take some bytes less a row.
  expect(columnsCodec.encode(long).length).toBeGreaterThan(graphCodec.encode(long).length - 100);
  const short = rowsOf(['number', 'text'], 10_000, 30);
  expect(columnsCodec.encode(short).length).toBeLessThan(graphCodec.encode(short).length - 10_000);
  expect(joined(segmented(short, SEGMENT_BYTES, columnsCodec))).toEqual(short);
});
