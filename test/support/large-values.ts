import fc from 'fast-check';
import { arbitraryValue } from './arbitrary-values.js';

/** How many generated values a test tries: `TEST_RUNS`, or else what takes a few seconds. */
export function runs(usual: number): number {
  return Number(process.env.TEST_RUNS ?? usual);
}

/** Values that span segments of all limits that a test uses: generated ones, wide, long or deep. */
export function arbitraryLargeValue(): fc.Arbitrary<unknown> {
  const value = arbitraryValue();
  const key = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 6 }), fc.constantFrom('__proto__', '7', ''));
  const fields = fc.array(fc.tuple(key, value), { minLength: 3, maxLength: 8 });
  return fc.oneof(
    { weight: 6, arbitrary: value },
    { weight: 2, arbitrary: fc.array(value, { minLength: 2, maxLength: 6 }) },
    { weight: 2, arbitrary: fields.map((entries) => Object.fromEntries(entries)) },
    { weight: 1, arbitrary: fields.map((entries) => new Map(entries)) },
    {
      weight: 1,
      arbitrary: fc.array(fc.tuple(value, value), { maxLength: 4 }).map((rows) => new Map(rows)),
    },
    { weight: 2, arbitrary: fc.tuple(longLeaf(), value, longLeaf()) },
    {
      weight: 2,
      arbitrary: fc.array(fc.tuple(longLeaf(), value), { minLength: 1, maxLength: 4 }).map(listed),
    },
  );
}

/** Strings and binary data that are cut into pieces. */
function longLeaf(): fc.Arbitrary<unknown> {
  const times = fc.integer({ min: 1, max: 400 });
  const bytes = fc.uint8Array({ minLength: 8, maxLength: 700 });
  return fc.oneof(
    fc
      .tuple(fc.string({ unit: 'binary', minLength: 1, maxLength: 9 }), times)
      .map(([text, count]) => text.repeat(count)),
    fc
      .tuple(fc.constantFrom('a😀', '😀', '\ud83d', 'é', '\ude00x'), times)
      .map(([text, count]) => `${text.repeat(count)}!`),
    bytes.map((data) => Buffer.from(data)),
    bytes.map((data) => data.slice().buffer),
    bytes.map((data) => new DataView(data.slice().buffer, 1)),
    bytes.map((data) => new Float64Array(data.slice(0, data.length & ~7).buffer)),
    bytes.map((data) => new BigInt64Array(data.slice(0, data.length & ~7).buffer)),
    bytes.map((data) => new Uint16Array(data.slice(0, data.length & ~1).buffer)),
  );
}

/** A list of records of one shape with a long field each. */
function listed(rows: readonly (readonly [unknown, unknown])[]): unknown {
  return rows.map(([long, part], id) => ({ id, long, part, ['__proto__']: id }));
}
