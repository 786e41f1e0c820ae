import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { cborCodec } from '../../dist/codec/cbor.js';
import type { Codec } from '../../dist/codec/codec.js';
import { columnsCodec } from '../../dist/codec/columns.js';
import { graphCodec } from '../../dist/codec/graph.js';
import { jsonCodec } from '../../dist/codec/json.js';
import { msgpackCodec } from '../../dist/codec/msgpack.js';
import { rawCodec } from '../../dist/codec/raw.js';
import {
  type TableCodec,
  TYPE_TABLE,
  type TypeRowId,
  typeTableMarkdown,
} from '../../dist/codec/type-table.js';
import { codeThrownBy } from '../support/error-code.js';
import { difference } from '../support/same-value.js';

it('docs/types.md shows the table as the package has it', () => {
  const page = readFileSync(new URL('../../docs/types.md', import.meta.url), 'utf8');
  const shown = page.split('<!-- type table: begin -->')[1]?.split('<!-- type table: end -->')[0]?.trim();
  expect(shown).toBe(typeTableMarkdown());
});

class Point {
  x = 1;
}

function nested(levels: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < levels; level++) value = [value];
  return value;
}

const cycle: unknown[] = [];
cycle.push([cycle]);
const shared = { a: 1 };
/** cbor-x writes seconds as a float, whose last bit is worth a millisecond here. */
const EXTREME = 4450000000000021;
const hidden = Object.defineProperty({ a: 1, [Symbol('s')]: 1 }, 'b', { value: 1 });

/** One value a row, and what it becomes where the table says neither kept nor refused. */
const EXAMPLES: Record<TypeRowId, { value: unknown; becomes?: unknown }> = {
  null: { value: null },
  boolean: { value: true },
  integer: { value: -(2 ** 40) },
  float: { value: 5e-324 },
  negativeZero: { value: -0 },
  nonFinite: { value: Number.NEGATIVE_INFINITY },
  bigint: { value: -(2n ** 8192n) },
  hugeBigint: { value: 2n ** 8192n },
  string: { value: 'é😀\u0000' },
  loneSurrogate: { value: '\udc00' },
  undefined: { value: undefined },
  undefinedInObject: { value: { a: undefined } },
  undefinedInArray: { value: [undefined] },
  hole: { value: new Array(2) },
  array: { value: [1, [2]] },
  object: { value: { a: { b: 1 } } },
  nullPrototype: { value: Object.assign(Object.create(null), { a: 1 }), becomes: { a: 1 } },
  manyKeys: { value: Object.fromEntries(Array.from({ length: 65_537 }, (_, index) => [`k${index}`, 1])) },
  protoKey: { value: JSON.parse('{"__proto__":{"a":1}}') },
  keysKey: { value: [{ __keys__: 1 }, {}] },
  date: { value: new Date(-1) },
  invalidDate: { value: new Date(Number.NaN) },
  extremeDate: { value: new Date(EXTREME) },
  buffer: { value: Buffer.from('a') },
  uint8Array: { value: new Uint8Array([1]) },
  typedArray: { value: new Float32Array([1.5]) },
  arrayBuffer: { value: new ArrayBuffer(2) },
  dataView: { value: new DataView(new ArrayBuffer(2), 1) },
  map: { value: new Map([[{ a: 1 }, [2]]]) },
  set: { value: new Set(['a', 1]) },
  regexp: { value: /x/ },
  error: { value: new Error('x') },
  sharedReference: { value: [shared, shared], becomes: [{ a: 1 }, { a: 1 }] },
  cycle: { value: cycle },
  deep: { value: nested(501) },
  accessor: {
    value: {
      get a() {
        return 1;
      },
    },
    becomes: { a: 1 },
  },
  hidden: { value: hidden, becomes: { a: 1 } },
  toJson: { value: { toJSON: () => 1 } },
  boxed: { value: Object('x') },
  classInstance: { value: new Point() },
  function: { value: () => 1 },
  symbol: { value: Symbol('s') },
};

const CODECS: readonly { codec: Codec; name: TableCodec }[] = [
  { codec: graphCodec, name: 'graph' },
  { codec: columnsCodec, name: 'graph' },
  { codec: jsonCodec, name: 'json' },
  { codec: cborCodec, name: 'cbor' },
  { codec: msgpackCodec, name: 'msgpack' },
  { codec: rawCodec, name: 'raw' },
];

describe.each(CODECS)('$codec.name', ({ codec, name }) => {
  it.each(TYPE_TABLE.map((row) => [row.id as TypeRowId, row[name]] as const))('%s: %s', (id, outcome) => {
    const { value, becomes } = EXAMPLES[id];
    if (outcome === 'refused') {
      expect(codeThrownBy(() => codec.encode(value))).toBe('ERR_VALUE');
      return;
    }
    const decoded = codec.decode(Uint8Array.from(codec.encode(value)), false);
    expect(difference(decoded, outcome === 'kept' ? value : becomes)).toBe(undefined);
  });
});

it('a shared reference comes back as copies', () => {
  for (const { codec } of CODECS.slice(0, 5)) {
    const decoded = codec.decode(codec.encode([shared, shared]), false) as unknown[];
    expect(decoded[0]).not.toBe(decoded[1]);
  }
});
