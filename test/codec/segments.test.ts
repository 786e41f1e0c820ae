import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Codec } from '../../dist/codec/codec.js';
import { graphCodec } from '../../dist/codec/graph.js';
import { rawCodec } from '../../dist/codec/raw.js';
import type { SegmentedPayload } from '../../dist/codec/segments.js';
import { arbitraryValue } from '../support/arbitrary-values.js';
import { codeThrownBy, thrownBy } from '../support/error-code.js';
import { recordsOf } from '../support/records.js';
import { difference } from '../support/same-value.js';

/** Raise it for a longer search: `TEST_RUNS=100000 npx vitest run test/codec/segments.test.ts`. */
const RUNS = Number(process.env.TEST_RUNS ?? 10_000);
/** Milliseconds; a run takes less than one. */
const TIMEOUT = 60_000 + 5 * RUNS;
const LIMITS = [64, 100, 257, 1_000, 65_536];

/** All segments of a value; `between` is called after each but the last. */
function encode(codec: Codec, value: unknown, limit: number, between = (): void => {}): SegmentedPayload {
  const encoder = codec.segmentEncoder?.(value, limit);
  if (!encoder) throw new Error('the codec knows no segments');
  while (encoder.next()) between();
  return encoder.take();
}

function* cut({ slabs, lengths }: SegmentedPayload): Generator<Uint8Array> {
  const all = Buffer.concat(slabs);
  let at = 0;
  for (const length of lengths) {
    yield all.subarray(at, at + length);
    at += length;
  }
  expect(at, 'the lengths are those of the slabs').toBe(all.length);
}

function decode(codec: Codec, payload: SegmentedPayload): unknown {
  const total = payload.lengths.reduce((sum, length) => sum + length, 0);
  const decoder = codec.segmentDecoder?.(total, false);
  if (!decoder) throw new Error('the codec knows no segments');
  for (const segment of cut(payload)) decoder.next(segment);
  return decoder.end();
}

function chain(depth: number): object {
  let link: object = { end: 'x'.repeat(100) };
  for (let level = 0; level < depth; level++) link = { level, before: `b${level}`, link, after: [level] };
  return link;
}

const GRAPHS: Record<string, unknown> = {
  'an array of many items': recordsOf(300_000),
  'an object with one huge field': { name: 'x', items: recordsOf(200_000), after: { more: [1, 2] } },
  'a wide dictionary': Object.fromEntries(
    Array.from({ length: 5_000 }, (_, index) => [`key ${index}`, { index, list: [index] }]),
  ),
  'nested arrays': Array.from({ length: 60 }, (_, outer) =>
    Array.from({ length: 60 }, (_, inner) => [outer, inner, outer / (inner + 1)]),
  ),
  'one item larger than all others': [1, { big: recordsOf(100_000) }, 'x', { small: true }],
  'a deep chain of objects': chain(400),
  'a Map with containers as keys': new Map(
    Array.from({ length: 300 }, (_, index) => [{ index, list: ['k', index] }, new Set([index, `${index}`])]),
  ),
  'long strings, with surrogate pairs wherever they are cut': {
    a: '😀x'.repeat(40_000),
    b: 'é'.repeat(70_000),
  },
  'a long string with a lone surrogate': ['x'.repeat(70_000), `${'y'.repeat(70_000)}\ud800`],
  'long binary data': {
    buffer: Buffer.alloc(200_000, 7),
    floats: new Float64Array(20_000).fill(1.5),
    big: new BigInt64Array(999).fill(-5n),
    memory: new Uint8Array(70_001).fill(9).buffer,
  },
  'own keys named __proto__': Array.from({ length: 200 }, (_, index) =>
    JSON.parse(`{"a": ${index}, "__proto__": {"list": [${index}, "${'z'.repeat(50)}"]}, "b": [${index}]}`),
  ),
  'undefined and null in all places': Array.from({ length: 500 }, () => [
    undefined,
    { a: undefined, b: null },
    null,
  ]),
};

describe('the graph codec', () => {
  it.each(Object.entries(GRAPHS))('%s comes back from segments of any size', (_name, value) => {
    for (const limit of LIMITS) {
      const payload = encode(graphCodec, value, limit);
      expect(difference(decode(graphCodec, payload), value), `limit ${limit}`).toBe(undefined);
      if (limit === 64) expect(payload.lengths.length).toBeGreaterThan(10);
    }
  });

  it(`${RUNS} generated values come back from segments as from one piece`, { timeout: TIMEOUT }, () => {
    fc.assert(
      fc.property(arbitraryValue(), fc.integer({ min: 64, max: 400 }), (value, limit) => {
        let whole: Uint8Array;
        try {
          whole = graphCodec.encode(value);
        } catch {
          expect(codeThrownBy(() => encode(graphCodec, value, limit))).toBe('ERR_VALUE');
          return;
        }
        const back = decode(graphCodec, encode(graphCodec, value, limit));
        expect(difference(back, graphCodec.decode(whole, false))).toBe(undefined);
      }),
      { numRuns: RUNS },
    );
  });

  it('each segment is about as long as asked for, and a record is not cut where it need not be', () => {
    const { lengths, outline } = encode(graphCodec, { items: recordsOf(2_000_000) }, 65_536);
    expect(Math.max(...lengths.slice(1))).toBeLessThan(80_000);
    expect(Math.max(...lengths)).toBeLessThan(230_000);
    expect(outline.length).toBeLessThan(lengths.length * 16);
  });

  it('a value of one segment has the payload that encode gives', () => {
    const value = recordsOf(1_000);
    graphCodec.encode(value);
    const { slabs, lengths, outline } = encode(graphCodec, value, 65_536);
    expect([lengths.length, outline.length]).toEqual([1, 0]);
    expect(Buffer.concat(slabs).equals(graphCodec.encode(value))).toBe(true);
  });

  it('segments that are missing, swapped, doubled or changed give a value or ERR_CORRUPT', () => {
    const payload = encode(graphCodec, GRAPHS['one item larger than all others'], 1_000);
    const segments = [...cut(payload)];
    const total = payload.lengths.reduce((sum, length) => sum + length, 0);
    const read = (list: readonly Uint8Array[]) => (): unknown => {
      const decoder = graphCodec.segmentDecoder?.(total, false);
      for (const segment of list) decoder?.next(segment);
      return decoder?.end();
    };
    expect(codeThrownBy(read(segments.slice(0, -1)))).toBe('ERR_CORRUPT');
    expect(codeThrownBy(read([...segments, segments[0] as Uint8Array]))).toBe('ERR_CORRUPT');
    expect(codeThrownBy(read([]))).toBe('ERR_CORRUPT');
    fc.assert(
      fc.property(
        fc.nat(segments.length - 1),
        fc.nat(segments.length - 1),
        fc.nat(999),
        fc.nat(255),
        (left, right, at, byte) => {
          const list: Uint8Array[] = segments.map((segment) => Uint8Array.from(segment));
          [list[left], list[right]] = [list[right] as Uint8Array, list[left] as Uint8Array];
          const changed = list[left] as Uint8Array;
          changed[at % changed.length] = byte;
          try {
            read(list)();
          } catch (error) {
            expect((error as { code?: unknown }).code).toBe('ERR_CORRUPT');
          }
          expect(Object.keys(Object.prototype)).toEqual([]);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('what is only announced takes no memory', () => {
    // An array of 2^28 elements, in a segment of a value that claims to be long.
    const segment = Buffer.from('01000000000600000000cf8080808001', 'hex').subarray(0, 15);
    const decoder = graphCodec.segmentDecoder?.(2 ** 28, false);
    const before = process.memoryUsage().rss;
    expect(codeThrownBy(() => decoder?.next(segment))).toBe('ERR_CORRUPT');
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1024 * 1024);
  });

  it.each<[string, unknown[] | object, (value: never) => void]>([
    ['an array that becomes shorter', recordsOf(50_000), (value: unknown[]) => value.pop()],
    ['an array that becomes longer', recordsOf(50_000), (value: unknown[]) => value.push(1)],
    [
      'a dictionary that loses a key',
      Object.fromEntries(Array.from({ length: 2_000 }, (_, index) => [`k${index}`, index])),
      (value: Record<string, unknown>) => {
        delete value.k1999;
      },
    ],
    [
      'a Map that loses an entry',
      new Map(Array.from({ length: 2_000 }, (_, index) => [index, 'x'])),
      (value: Map<number, unknown>) => value.delete(1_999),
    ],
  ])('%s between two segments is refused', (_name, value, change) => {
    const error = thrownBy(() => encode(graphCodec, value, 1_000, () => change(value as never)));
    expect(error).toMatchObject({ code: 'ERR_VALUE' });
  });
});

describe('the raw codec', () => {
  const values: Record<string, unknown> = {
    'ASCII text': 'x'.repeat(300_000),
    'text that is ASCII only at first': 'x'.repeat(100_000) + 'ä'.repeat(100_000),
    'ASCII that ends in a letter of two bytes': `${'x'.repeat(300_000)}é`,
    'ASCII that ends in many': `${'x'.repeat(300_000)}${'é'.repeat(20_000)}`,
    'text that is Latin-1 only at first': `${'x'.repeat(100_000)}${'中'.repeat(300)}`,
    'text that is ASCII, then Latin-1, then neither': `${'x'.repeat(70_000)}${'ä'.repeat(70_000)}漢\udc00`,
    'text of two bytes a letter': 'ä'.repeat(100_000),
    'text in UTF-8 with pairs': 'xx😀'.repeat(50_000),
    'text in UTF-16': '中文'.repeat(50_000),
    'text with a lone surrogate at its end': `${'ä'.repeat(100_000)}\udc00`,
    'a Buffer': Buffer.alloc(300_001, 3),
    'an ArrayBuffer': new Uint8Array(300_001).fill(4).buffer,
    'a Float64Array': new Float64Array(40_000).fill(1.5),
    'a DataView': new DataView(new ArrayBuffer(100_003)),
  };

  it.each(Object.entries(values))('%s comes back from segments of any size', (_name, value) => {
    for (const limit of LIMITS) {
      const payload = encode(rawCodec, value, limit);
      expect(difference(decode(rawCodec, payload), value), `limit ${limit}`).toBe(undefined);
      const together = new Uint8Array(Buffer.concat(payload.slabs));
      expect(difference(rawCodec.decode(together, true), value)).toBe(undefined);
    }
  });

  it.each(['é', 'é'.repeat(20_000), '漢'])(
    'ASCII that ends in something else is UTF-8 as a whole: %#',
    (end) => {
      const text = 'x'.repeat(300_000) + end;
      for (const limit of LIMITS) {
        const { slabs } = encode(rawCodec, text, limit);
        expect(Buffer.concat(slabs).equals(rawCodec.encode(text)), `limit ${limit}`).toBe(true);
      }
    },
  );

  it('binary data in one buffer of its own is not copied', () => {
    const payload = encode(rawCodec, Buffer.alloc(300_000, 3), 65_536);
    const together = new Uint8Array(Buffer.concat(payload.slabs));
    const decoder = rawCodec.segmentDecoder?.(together.length, true);
    let at = 0;
    for (const length of payload.lengths) {
      decoder?.next(together.subarray(at, at + length));
      at += length;
    }
    expect(decoder?.end()).toHaveProperty('buffer', together.buffer);
  });
});

describe('memory that an encoder calls owned', () => {
  const values: [string, Codec, unknown][] = [
    ['records', graphCodec, recordsOf(300_000)],
    ['a long text', rawCodec, 'text '.repeat(60_000)],
    ['bytes', rawCodec, Buffer.alloc(300_000)],
  ];
  it.each(values)('of %s is of no two slabs, and of nobody else', (_, codec, value) => {
    for (const limit of LIMITS) {
      const [one, other] = [encode(codec, value, limit), encode(codec, value, limit)];
      expect(one.owned).toBe(true);
      const slabs = [...one.slabs, ...other.slabs];
      expect(new Set(slabs.map(({ buffer }) => buffer)).size).toBe(slabs.length);
      for (const { byteOffset, buffer } of slabs) {
        expect(byteOffset).toBe(0);
        // Node's own pool, of which small buffers are slices.
        expect(buffer).not.toBe(Buffer.from('x').buffer);
      }
    }
  });
});
