import fc from 'fast-check';
import { type TableCodec, TYPE_TABLE, type TypeRowId } from '../../dist/codec/type-table.js';

/** An instance of it is data for no codec. */
class Point {
  x = 1;
}

/** Names that look like parts of a prototype, of a library's notes or of a date, beside ordinary ones. */
const KEYS = [
  'id',
  'name',
  'a',
  'b',
  'items',
  'constructor',
  'hasOwnProperty',
  'toString',
  'length',
  '0',
  '17',
  '',
  'é😀',
];

function plainLeaf(): fc.Arbitrary<unknown> {
  return fc.oneof(
    { weight: 6, arbitrary: fc.string({ unit: 'grapheme', maxLength: 12 }) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary-ascii', minLength: 20, maxLength: 400 }) },
    { weight: 1, arbitrary: fc.string({ unit: 'grapheme', minLength: 60, maxLength: 90 }) },
    { weight: 3, arbitrary: fc.integer() },
    { weight: 2, arbitrary: fc.integer({ min: -300, max: 300 }) },
    { weight: 1, arbitrary: fc.maxSafeInteger() },
    { weight: 3, arbitrary: fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0) },
    { weight: 2, arbitrary: fc.boolean() },
    { weight: 1, arbitrary: fc.constant(null) },
  );
}

function binaryLeaf(): fc.Arbitrary<unknown> {
  const bytes = fc.uint8Array({ maxLength: 40 });
  return fc.oneof(
    bytes,
    bytes.map((data) => Buffer.from(data)),
    bytes.map((data) => data.slice().buffer),
    bytes.map((data) => new DataView(data.slice().buffer, data.length >> 1)),
    bytes.map((data) => new Uint8Array(data.slice().buffer, data.length >> 1)),
    fc.int8Array(),
    fc.uint8ClampedArray(),
    fc.int16Array(),
    fc.uint16Array(),
    fc.int32Array(),
    fc.uint32Array(),
    fc.float32Array(),
    fc.float64Array(),
    fc.bigInt64Array(),
    fc.bigUint64Array(),
  );
}

function richLeaf(): fc.Arbitrary<unknown> {
  return fc.oneof(
    fc.date(),
    fc.date({ min: new Date(0), max: new Date(2 ** 33 * 1000) }),
    fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }),
    fc.bigInt({ min: -(2n ** 64n) - 2n, max: 2n ** 64n + 2n }),
    fc.constant(undefined),
    fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY),
    fc.constantFrom(2n ** 63n, 2n ** 64n, -(2n ** 63n), -(2n ** 64n), 2n ** 8191n, -(2n ** 8191n)),
    binaryLeaf(),
  );
}

function rareLeaf(): fc.Arbitrary<unknown> {
  return fc.oneof(
    fc.constant(-0),
    fc.constant(new Date(Number.NaN)),
    fc.constant(new Date(4450000000000021)),
    fc.constant('\ud800'),
    fc.constant(`${'long and well-formed up to its end '.repeat(3)}\udc00`),
    fc.constant(2n ** 9000n),
    fc.constant({ '\udfff': 1 }),
    fc.constant(JSON.parse('{"__proto__": {"polluted": true}, "b": 1}')),
    fc.constant({ __keys__: ['a'] }),
    fc.constant(Object.assign(Object.create(null), { a: 1 })),
    fc.constant(/x/g),
    fc.constant(new TypeError('no')),
    fc.constant(new Point()),
    fc.constant(new URL('http://localhost/')),
    fc.constant(Object(1)),
    fc.constant(Object('boxed')),
    fc.constant(() => 1),
    fc.constant(Symbol('s')),
    fc.constant(new Date(0)).map((date) => ({ at: date, toJSON: () => 1 })),
    // biome-ignore lint/suspicious/noSparseArray: a hole is what is generated here.
    fc.constant([1, , 3]),
    fc.constant(Object.create({ inherited: 1 })),
    fc.constant(Object.create(Date.prototype)),
    fc.constant(new (class Numbers extends Array {})()),
    fc.constant(new (class Table extends Map {})()),
    fc.constant(0).map(cyclic),
  );
}

function cyclic(): unknown {
  const node: { child: unknown } = { child: undefined };
  node.child = [node];
  return node;
}

/** How often leaves appear that are not JSON's, in relation to {@link PLAIN_WEIGHT} of those that are. */
const PLAIN_WEIGHT = 200;

/**
 * Any value: mostly data, as deep and wide as a small payload, with every type of the published table here and there.
 * Most of the values are kept by cbor, and half by json.
 */
export function arbitraryValue(): fc.Arbitrary<unknown> {
  const leaf = fc.oneof(
    { weight: PLAIN_WEIGHT, arbitrary: plainLeaf() },
    { weight: 16, arbitrary: richLeaf() },
    { weight: 10, arbitrary: rareLeaf() },
  );
  const key = fc.oneof(fc.constantFrom(...KEYS), fc.string({ unit: 'grapheme', maxLength: 6 }));
  const { tree } = fc.letrec<{ tree: unknown; record: unknown }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 5, depthSize: 'small' },
      { weight: 4, arbitrary: leaf },
      { weight: 3, arbitrary: objectOf(key, tie('tree')) },
      { weight: 3, arbitrary: fc.array(tie('tree'), { maxLength: 6 }) },
      { weight: 2, arbitrary: tie('record') },
      { weight: 1, arbitrary: tie('tree').map((shared) => [shared, { shared }]) },
      {
        weight: 1,
        arbitrary: fc
          .array(fc.tuple(tie('tree'), tie('tree')), { maxLength: 3 })
          .map((rows) => new Map(rows)),
      },
      { weight: 1, arbitrary: fc.array(tie('tree'), { maxLength: 3 }).map((rows) => new Set(rows)) },
    ),
    // A list of records of one shape, which is what the codecs' record extensions are for.
    record: fc
      .tuple(
        fc.uniqueArray(key, { minLength: 1, maxLength: 5 }),
        fc.array(fc.array(leaf, { minLength: 5, maxLength: 5 }), { maxLength: 6 }),
      )
      .map(([keys, rows]) =>
        rows.map((row) => Object.fromEntries(keys.map((name, index) => [name, row[index]]))),
      ),
  }));
  return fc.oneof(
    { weight: 10, arbitrary: tree },
    { weight: 1, arbitrary: leaf },
    { weight: 1, arbitrary: richLeaf() },
  );
}

function objectOf(key: fc.Arbitrary<string>, value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc.array(fc.tuple(key, value), { maxLength: 6 }).map((entries) => Object.fromEntries(entries));
}

/** What a codec must do with a value. */
export type Expected = { readonly kept: unknown } | 'refused';

/** What the published table says of a value, from its rows alone: this knows nothing of the codecs' own checks. */
export function expected(codec: TableCodec, value: unknown): Expected {
  const found = new Set<TypeRowId>();
  if (value === undefined) found.add('undefined');
  else classify(value, { found, ancestors: [], place: 'undefinedInObject' });
  for (const row of TYPE_TABLE) {
    if (row[codec] === 'refused' && (found as ReadonlySet<string>).has(row.id)) return 'refused';
  }
  return { kept: plainCopy(value) };
}

interface Context {
  readonly found: Set<TypeRowId>;
  readonly ancestors: readonly object[];
  readonly place: 'undefinedInObject' | 'undefinedInArray';
}

function classify(value: unknown, context: Context): void {
  const { found } = context;
  if (typeof value === 'object' && value !== null) {
    classifyObject(value, context);
  } else {
    found.add(primitiveRow(value, context.place));
  }
}

function primitiveRow(value: unknown, place: Context['place']): TypeRowId {
  switch (typeof value) {
    case 'boolean':
      return 'boolean';
    case 'number':
      if (Object.is(value, -0)) return 'negativeZero';
      if (!Number.isFinite(value)) return 'nonFinite';
      return Number.isInteger(value) ? 'integer' : 'float';
    case 'string':
      return value.isWellFormed() ? 'string' : 'loneSurrogate';
    case 'bigint':
      return value >= 2n ** 8192n || value < -(2n ** 8192n) ? 'hugeBigint' : 'bigint';
    case 'undefined':
      return place;
    case 'function':
      return 'function';
    case 'symbol':
      return 'symbol';
    default:
      return 'null';
  }
}

function classifyObject(value: object, context: Context): void {
  const { found, ancestors } = context;
  if (ancestors.includes(value)) {
    found.add('cycle');
    return;
  }
  const inside: Context = { found, ancestors: [...ancestors, value], place: 'undefinedInObject' };
  if (inside.ancestors.length > 500) found.add('deep');
  const row = objectRow(value);
  found.add(row);
  if (row === 'array') {
    const list = value as unknown[];
    for (let index = 0; index < list.length; index++) {
      if (index in list) classify(list[index], { ...inside, place: 'undefinedInArray' });
      else found.add('hole');
    }
  } else if (row === 'map') {
    for (const pair of value as Map<unknown, unknown>) for (const part of pair) classify(part, inside);
  } else if (row === 'set') {
    for (const part of value as Set<unknown>) classify(part, inside);
  } else if (row === 'object' || row === 'nullPrototype') {
    for (const key of Object.keys(value)) {
      if (key === '__proto__') found.add('protoKey');
      if (key === '__keys__') found.add('keysKey');
      if (!key.isWellFormed()) found.add('loneSurrogate');
      classify(Reflect.get(value, key), inside);
    }
  }
}

function objectRow(value: object): TypeRowId {
  const prototype: unknown = Object.getPrototypeOf(value);
  switch (prototype) {
    case null:
      return 'nullPrototype';
    case Object.prototype:
      return typeof Reflect.get(value, 'toJSON') === 'function' ? 'toJson' : 'object';
    case Array.prototype:
      return 'array';
    case Map.prototype:
      return 'map';
    case Set.prototype:
      return 'set';
    case Buffer.prototype:
      return 'buffer';
    case Uint8Array.prototype:
      return 'uint8Array';
    case ArrayBuffer.prototype:
      return 'arrayBuffer';
    case DataView.prototype:
      return 'dataView';
    case RegExp.prototype:
      return 'regexp';
    case Date.prototype:
      return value instanceof Date && Object.prototype.toString.call(value) === '[object Date]'
        ? dateRow(value)
        : 'classInstance';
    case Number.prototype:
    case String.prototype:
    case Boolean.prototype:
      return 'boxed';
    default:
      if (value instanceof Error) return 'error';
      if (ArrayBuffer.isView(value)) return 'typedArray';
      return 'classInstance';
  }
}

function dateRow(value: Date): TypeRowId {
  const time = value.getTime();
  if (Number.isNaN(time)) return 'invalidDate';
  return Math.round((time / 1000) * 1000) === time ? 'date' : 'extremeDate';
}

/** The value with plain objects for those without a prototype. */
function plainCopy(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(plainCopy);
  if (value instanceof Map)
    return new Map(Array.from(value, ([key, part]) => [plainCopy(key), plainCopy(part)]));
  if (value instanceof Set) return new Set(Array.from(value, plainCopy));
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && prototype !== Object.prototype) return value;
  // fromEntries defines properties, so that `__proto__` becomes one.
  return Object.fromEntries(Object.keys(value).map((key) => [key, plainCopy(Reflect.get(value, key))]));
}
