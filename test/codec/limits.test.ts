import { describe, expect, it } from 'vitest';
import { scanJson } from '../../dist/codec/json-scan.js';
import { DEFAULT_LIMITS, type DecodeLimits } from '../../dist/codec/limits.js';
import { CodecRegistry } from '../../dist/codec/registry.js';
import { encodeSegments, segmentsOf } from '../../dist/codec/segments.js';
import { RedisBackend } from '../../dist/index.js';
import { resolveFlatOptions } from '../../dist/options.js';
import { codeThrownBy, thrownBy } from '../support/error-code.js';
import { recordsOf } from '../support/records.js';

const writing = new CodecRegistry();

/** What a codec makes of a value that it wrote, read within limits: in one piece, and segment by segment where it has such. */
function readBack(codec: string, value: unknown, limits: Partial<DecodeLimits>): unknown {
  const reading = new CodecRegistry([], { ...DEFAULT_LIMITS, ...limits });
  const written = writing.byName(codec);
  const reader = reading.byId(written.id);
  const whole = codeThrownBy(() => reader.decode(Uint8Array.from(written.encode(value)), true));
  const segments = encodeSegments(written, value);
  const total = segments.lengths.reduce((sum, length) => sum + length, 0);
  const decoder = segments.lengths.length > 1 ? reader.segmentDecoder?.(total, false) : undefined;
  if (!decoder) return whole;
  const sliced = codeThrownBy(() => {
    for (const segment of segmentsOf(segments)) decoder.next(segment);
    return decoder.end();
  });
  expect(sliced, 'segment by segment').toBe(whole);
  return whole;
}

function nested(levels: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < levels; level++) value = level % 2 === 0 ? [value] : { field: value };
  return value;
}

const FINE = 'nothing thrown';
const STRUCTURED = ['json', 'cbor', 'msgpack', 'graph', 'columns'];

describe.each(STRUCTURED)('%s', (codec) => {
  it('reads as deep as limits.maxDepth, and no deeper', () => {
    expect(readBack(codec, nested(12), { maxDepth: 12 })).toBe(FINE);
    expect(readBack(codec, nested(13), { maxDepth: 12 })).toBe('ERR_LIMIT');
    const records = Array.from({ length: 400 }, (_, index) => ({
      id: index,
      inner: { name: `n${index}`, list: [1] },
    }));
    expect(readBack(codec, records, { maxDepth: 4 })).toBe(FINE);
    expect(readBack(codec, records, { maxDepth: 3 })).toBe('ERR_LIMIT');
  });

  it('reads as many items as limits.maxItems, in one container or in many', () => {
    const list = Array.from({ length: 1_000 }, (_, index) => `${index}`);
    expect(readBack(codec, list, { maxItems: 1_001 })).toBe(FINE);
    expect(readBack(codec, list, { maxItems: 999 })).toBe('ERR_LIMIT');
    const records = recordsOf(200_000);
    expect(readBack(codec, records, { maxItems: 100 })).toBe('ERR_LIMIT');
    const dictionary = Object.fromEntries(list.map((key) => [`k${key}`, 1]));
    expect(readBack(codec, dictionary, { maxItems: 999 })).toBe('ERR_LIMIT');
    const lists = list.map(() => [1, 'a']);
    expect(readBack(codec, lists, { maxItems: 2_500 })).toBe('ERR_LIMIT');
  });

  it.each([
    ['short', 2_000],
    ['longer than a segment', 200_000],
  ])('reads strings and keys as long as limits.maxStringLength: %s', (_, length) => {
    for (const letter of ['a', 'é', '日']) {
      const text = letter.repeat(length);
      expect(readBack(codec, { text }, { maxStringLength: 3 * length })).toBe(FINE);
      expect(readBack(codec, { text }, { maxStringLength: 1_024 })).toBe('ERR_LIMIT');
      expect(readBack(codec, { [text]: 1 }, { maxStringLength: 1_024 })).toMatch(/^ERR_(LIMIT|VALUE)$/);
    }
    const rows = Array.from({ length: 300 }, (__, index) => ({
      id: index,
      text: index === 250 ? 'x'.repeat(length) : 'y',
    }));
    expect(readBack(codec, rows, { maxStringLength: 1_024 })).toBe('ERR_LIMIT');
  });
});

it.each(['cbor', 'msgpack', 'graph', 'columns'])(
  '%s reads entries of a Map and a Set within limits.maxItems',
  (codec) => {
    const many = Array.from({ length: 1_000 }, (_, index) => index);
    for (const value of [new Set(many), new Map(many.map((key) => [key, key]))]) {
      expect(readBack(codec, { value }, { maxItems: 2_002 })).toBe(FINE);
      expect(readBack(codec, { value }, { maxItems: 900 })).toBe('ERR_LIMIT');
    }
  },
);

it.each(['cbor', 'msgpack', 'graph', 'columns', 'raw'])(
  '%s reads binary data as long as limits.maxBinaryBytes',
  (codec) => {
    for (const bytes of [5_000, 300_000]) {
      for (const data of [Buffer.alloc(bytes, 7), new Float64Array(bytes / 8)]) {
        const value = codec === 'raw' ? data : { data };
        expect(readBack(codec, value, { maxBinaryBytes: bytes + 1 })).toBe(FINE);
        expect(readBack(codec, value, { maxBinaryBytes: 4_096 })).toBe('ERR_LIMIT');
      }
    }
  },
);

it('raw reads text as long as limits.maxStringLength', () => {
  for (const text of ['a'.repeat(5_000), 'é'.repeat(5_000), '日'.repeat(5_000), '日'.repeat(300_000)]) {
    expect(readBack('raw', text, { maxStringLength: 3 * text.length })).toBe(FINE);
    expect(readBack('raw', text, { maxStringLength: 4_096 })).toBe('ERR_LIMIT');
  }
});

it('cbor reads the tags of limits.cborTags alone, besides records', () => {
  const value = [{ at: new Date(0) }, { at: new Date(1) }];
  expect(readBack('cbor', value, { cborTags: [1] })).toBe(FINE);
  expect(readBack('cbor', value, { cborTags: [258] })).toBe('ERR_LIMIT');
  expect(readBack('cbor', new Set([1]), { cborTags: [1] })).toBe('ERR_LIMIT');
  expect(readBack('cbor', { n: 2n ** 70n, t: new Float32Array(2) }, { cborTags: [2] })).toBe('ERR_LIMIT');
  expect(readBack('cbor', [{ a: 1 }, { a: 2 }], { cborTags: [] })).toBe(FINE);
});

it('JSON without a setting is read as deep as any codec writes; the error then is ERR_CORRUPT', () => {
  const text = (levels: number): Uint8Array =>
    Buffer.from(`${'[{"a":'.repeat(levels / 2)}1${'}]'.repeat(levels / 2)}`);
  const { decode } = writing.byName('json');
  expect(codeThrownBy(() => decode(text(500), false))).toBe(FINE);
  expect(codeThrownBy(() => decode(text(502), false))).toBe('ERR_CORRUPT');
  expect(codeThrownBy(() => decode(text(2_000_000), false))).toBe('ERR_CORRUPT');
  // Brackets within strings are none.
  expect(
    codeThrownBy(() => decode(Buffer.from(JSON.stringify(['[{"\\'.repeat(2_000), '\\"[['])), false)),
  ).toBe(FINE);
  expect(() => scanJson(Buffer.from('"[[[['), { ...DEFAULT_LIMITS, maxDepth: 1 })).not.toThrow();
});

it('the error names the option and its bound, and nothing of the value', () => {
  const reading = new CodecRegistry([], { ...DEFAULT_LIMITS, maxItems: 2 });
  const payload = writing.byName('graph').encode(['canary', 2, 3]);
  expect(thrownBy(() => reading.byId(5).decode(payload, false))).toEqual({
    code: 'ERR_LIMIT',
    message: 'the stored value is over the limit of 2 (limits.maxItems)',
  });
});

describe('the options', () => {
  it.each([
    [{ maxDepth: 0 }, /limits\.maxDepth must be a whole number of 1 to 500 \(levels\), received 0/],
    [{ maxDepth: 501 }, /limits\.maxDepth/],
    [{ maxItems: 1.5 }, /limits\.maxItems must be a whole number/],
    [{ maxStringLength: 10 }, /limits\.maxStringLength must be a whole number of 1024/],
    [{ maxBinaryBytes: 'x' }, /limits\.maxBinaryBytes .*received a string of 1 characters/],
    [{ maxSegments: -1 }, /limits\.maxSegments/],
    [{ cborTags: 1 }, /limits\.cborTags must be a list of whole numbers, received 1/],
    [{ cborTags: ['1'] }, /limits\.cborTags must be a whole number/],
    [{ cborTags: [1, 27] }, /limits\.cborTags may hold .*received 27/],
    [{ depth: 3 }, /unknown option "limits\.depth"/],
  ])('%j is ERR_OPTION', (limits, message) => {
    expect(() => new RedisBackend({ limits } as never)).toThrow(message);
  });

  it('come from the environment too', () => {
    const flat = resolveFlatOptions([], {
      OFFLOOP_LIMITS_MAX_DEPTH: '7',
      OFFLOOP_LIMITS_CBOR_TAGS: '1, 258',
    });
    expect(flat.get('limits.maxDepth')).toBe(7);
    expect(flat.get('limits.cborTags')).toEqual([1, 258]);
    expect(() => resolveFlatOptions([], { OFFLOOP_LIMITS_CBOR_TAGS: '1,,2' })).toThrow(
      /OFFLOOP_LIMITS_CBOR_TAGS/,
    );
  });
});
