import { execFileSync } from 'node:child_process';
import { Decoder, Encoder, Tag } from 'cbor-x';
import { describe, expect, it } from 'vitest';
import { cborCodec } from '../../dist/codec/cbor.js';
import { collectGarbage } from '../support/collect-garbage.js';
import { codeThrownBy, thrownBy } from '../support/error-code.js';
import { expectMutationsHarmless, expectTruncationsRefused } from '../support/hostile-bytes.js';
import { difference } from '../support/same-value.js';

const SAMPLE = {
  rows: [
    { id: 1, name: 'first', at: new Date(1_700_000_000_123), tags: new Set(['a', 'é']), big: 2n ** 70n },
    { id: -70_000, name: 'x'.repeat(80), at: new Date(0), tags: new Set([]), big: -5n },
  ],
  map: new Map<unknown, unknown>([
    [1, { id: 2 }],
    ['k', [undefined, null, true, 1.5, Number.NaN]],
  ]),
  bytes: Buffer.from('bytes'),
  typed: [new Float64Array([1.5, -0]), new Uint8Array([1, 2, 3]), new BigInt64Array([-1n])],
  empty: [{}, [], ''],
};

/** `[/(a+)+/g]`, an Error, and an array that holds itself. */
const REGEXP = '81 d81b 83 66526567457870 65 28612b292b 61 67';
const ERROR = '81 d81b 82 69547970654572726f72 61 78';
const CYCLE = 'd81c 81 d81d 00';

/** 100 records of 5,000 keys each: what an Encoder decodes it remembers by their numbers. */
function manyDefinitions(): Buffer {
  const head = (hex: string): Buffer => Buffer.from(hex, 'hex');
  const records = Array.from({ length: 100 }, (_, record) => [
    head(`d9dfff99138a19${(0xe000 + record).toString(16)}991388`),
    ...Array.from({ length: 5_000 }, (__, key) =>
      Buffer.from(`\x69${record + 100}-${key + 10_000}`, 'latin1'),
    ),
    Buffer.alloc(5_000, 1),
  ]);
  return Buffer.concat([head('9864'), ...records.flat()]);
}

function decodeHex(hex: string): unknown {
  return cborCodec.decode(Buffer.from(hex.replaceAll(' ', ''), 'hex'), true);
}

it('comes back', () => {
  expect(difference(cborCodec.decode(cborCodec.encode(SAMPLE), false), SAMPLE)).toBe(undefined);
});

it('every truncation is refused', () => {
  expectTruncationsRefused(cborCodec, Uint8Array.from(cborCodec.encode(SAMPLE)));
});

it('trap 28: 20,000 mutations give a value or ERR_CORRUPT, and crash nothing', () => {
  expectMutationsHarmless(cborCodec, { value: SAMPLE, seed: 28, runs: 20_000 });
});

it('trap 28: reads the same without cbor-extract, and says so', () => {
  const url = new URL('../../dist/codec/cbor.js', import.meta.url).href;
  const script = `
    const { cborCodec, cborNativeStrings } = await import(${JSON.stringify(url)});
    const value = cborCodec.decode(Buffer.from(process.argv[1], 'hex'), true);
    console.log(JSON.stringify([cborNativeStrings, value]));`;
  const value = [
    { name: 'é'.repeat(50), other: 'plain' },
    { name: 'x', other: '' },
  ];
  const hex = Buffer.from(cborCodec.encode(value)).toString('hex');
  const output = execFileSync(process.execPath, ['--input-type=module', '-e', script, hex], {
    env: { ...process.env, CBOR_NATIVE_ACCELERATION_DISABLED: 'true' },
    encoding: 'utf8',
  });
  expect(JSON.parse(output)).toEqual([false, value]);
});

describe('trap 23: records do not outlive their payload', () => {
  it('a payload cannot use what another one defined', () => {
    // [0xe000, ['a'], 1] as a definition, then a payload that is a reference to it alone.
    expect(decodeHex('d9dfff 83 19e000 81 6161 01')).toEqual({ a: 1 });
    expect(codeThrownBy(() => decodeHex('d9e000 81 01'))).toBe('ERR_CORRUPT');
  });

  it('a payload that redefines records does not change how later ones are read or written', () => {
    const rows = [{ a: 1 }, { a: 2 }];
    const sound = Uint8Array.from(cborCodec.encode(rows));
    expect(decodeHex('82 d9dfff 83 19e000 81 6178 01 d9e000 81 02')).toEqual([{ x: 1 }, { x: 2 }]);
    expect(cborCodec.decode(sound, false)).toEqual(rows);
    expect(Buffer.from(cborCodec.encode(rows)).equals(sound)).toBe(true);
  });

  it('the keys that a payload defined take no memory when it is decoded', () => {
    const payload = manyDefinitions();
    const decodes = (): boolean => Array.isArray(cborCodec.decode(payload, false));
    const heap = (): number => {
      // V8 keeps shapes and names over a few collections.
      for (let time = 0; time < 8; time++) collectGarbage();
      return process.memoryUsage().heapUsed;
    };
    const before = heap();
    expect(decodes()).toBe(true);
    expect(heap() - before).toBeLessThan(8_000_000);
  });

  it('a record with another number of values than its definition is refused', () => {
    expect(codeThrownBy(() => decodeHex('82 d9dfff 83 19e000 81 6161 01 d9e000 82 01 02'))).toBe(
      'ERR_CORRUPT',
    );
    expect(codeThrownBy(() => decodeHex('d9dfff 84 19e000 81 6161 01 02'))).toBe('ERR_CORRUPT');
  });
});

describe('trap 24: the shared scratch buffer', () => {
  it('a result is not overwritten by the next calls', () => {
    const bytes = cborCodec.encode({ text: 'first' });
    const before = Buffer.from(bytes);
    for (let call = 0; call < 2000; call++) cborCodec.encode({ text: 'other', call });
    expect(before.equals(bytes)).toBe(true);
  });

  it('a large value does not stay in memory once its bytes are let go', () => {
    const large = cborCodec.encode('x'.repeat(3_000_000));
    expect(large.buffer.byteLength).toBeGreaterThan(9_000_000);
    expect(cborCodec.encode('small').buffer.byteLength).toBeLessThan(100_000);
    expect(cborCodec.decode(large, false)).toBe('x'.repeat(3_000_000));
  });
});

describe('trap 25: what cbor-x would lose is refused', () => {
  it.each([
    ['-0', [-0]],
    ['URL', [new URL('http://localhost')]],
    ['class instance', [new (class Point {})()]],
    ['TypeError', [new TypeError('x')]],
    ['DataView', [new DataView(new ArrayBuffer(1))]],
    ['ArrayBuffer', [new ArrayBuffer(1)]],
    ['lone surrogate', ['\ud800']],
    ['hole', new Array(1)],
    ['__proto__', JSON.parse('{"__proto__":1}')],
    ['function', [() => 1]],
  ])('%s', (_name, value) => {
    expect(codeThrownBy(() => cborCodec.encode(value))).toBe('ERR_VALUE');
  });
});

describe('trap 26: hostile bytes', () => {
  it.each([
    ['tag 27, a RegExp of the sender', REGEXP],
    ['tag 27, an Error of the sender', ERROR],
    ['tag 28 and 29, a cyclic array', CYCLE],
    ['tag 51, packed values', 'd833 84 81 01 80 80 e0'],
    ['tag 6, a packed reference', 'c6 00'],
    ['tag 14 and 15, bundled strings', 'cf 01'],
    ['tag 0xdff9, a bundle', 'd9dff9 82 1a00000005 01'],
    ['tag 0xdffe, definitions at the head', 'd9dffe 82 19e000 81 6161'],
    ['tag 105, legacy records', 'd869 83 00 81 6161 01'],
    ['tag 0, a date in text', 'c0 6a 323032342d30312d3031'],
    ['tag 4, a decimal fraction', 'c4 82 01 02'],
    ['tag 55799', 'd9d9f7 01'],
    ['an unknown tag', 'd9ffff 01'],
    ['a map without its tag', 'a1 6161 01'],
    ['an indefinite array', '9f 01 ff'],
    ['an indefinite string', '7f 6161 ff'],
    ['a break', 'ff'],
    ['a half float', 'f9 3c00'],
    ['an unknown simple value', 'e0'],
    ['a length of 64 bits', '9b 0000000000000001 01'],
    ['an array longer than the bytes', '9a 7fffffff 01'],
    ['a string longer than the bytes', '7a 7fffffff 61'],
    ['a map longer than the bytes', 'd90103 ba 7fffffff 01'],
    ['a key __proto__', 'd9dfff 83 19e000 81 69 5f5f70726f746f5f5f 01'],
    ['a key that is no text', 'd9dfff 83 19e000 81 01 01'],
    ['a record number out of bounds', 'd9dfff 83 19dfff 81 6161 01'],
    ['a typed array with a part of an element', 'd845 43 010203'],
    ['a typed array on a string', 'd845 62 6161'],
    ['a set on a map', 'd90102 a0'],
    ['a bigint on a number', 'c2 01'],
    ['a bigint of 1 MB', `c2 5a 00100000 ${'ff'.repeat(0x100000)}`],
    ['undefined as the value', 'f7'],
    ['nothing', ''],
    ['bytes after the value', '01 01'],
  ])('%s', (_name, hex) => {
    expect(codeThrownBy(() => decodeHex(hex))).toBe('ERR_CORRUPT');
  });

  it('the RegExp, the Error and the cycle are ones that cbor-x would make', () => {
    const decoder = new Decoder({ useRecords: false, mapsAsObjects: true });
    const made = (hex: string): unknown => decoder.decode(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
    expect(made(REGEXP)).toEqual([/(a+)+/g]);
    expect((made(ERROR) as unknown[])[0]).toBeInstanceOf(Error);
    const cycle = made(CYCLE) as unknown[];
    expect(cycle[0]).toBe(cycle);
  });

  it('what cbor-x writes for a Tag of the user is refused to be read', () => {
    expect(codeThrownBy(() => cborCodec.decode(new Encoder().encode(new Tag('x', 27)), true))).toBe(
      'ERR_CORRUPT',
    );
  });

  it('deep nesting is refused before a decoder sees it, within 500 it is read', () => {
    expect(thrownBy(() => decodeHex(`${'81'.repeat(501)}01`)).message).toMatch(/nested deeper than 500/);
    expect(codeThrownBy(() => decodeHex(`${'81'.repeat(5_000_000)}01`))).toBe('ERR_CORRUPT');
    expect(codeThrownBy(() => decodeHex(`${'81'.repeat(500)}01`))).toBe('nothing thrown');
  });

  it('500 nested records, maps and sets come back', () => {
    let value: unknown = 1;
    for (let level = 0; level < 500; level++) {
      value = level % 3 === 0 ? { a: value } : level % 3 === 1 ? new Map([['a', value]]) : new Set([value]);
    }
    expect(difference(cborCodec.decode(cborCodec.encode(value), false), value)).toBe(undefined);
  });

  it('an object of more than 65,535 keys, several times, comes back', () => {
    const wide = Object.fromEntries(Array.from({ length: 70_000 }, (_, index) => [`key ${index}`, index]));
    const value = [wide, wide, wide, wide];
    expect(difference(cborCodec.decode(cborCodec.encode(value), false), value)).toBe(undefined);
  });

  it('more than 256 shapes, nested in each other, come back', () => {
    let value: unknown = 'leaf';
    const rows: unknown[] = [];
    for (let shape = 0; shape < 700; shape++)
      rows.push({ [`k${shape}`]: { [`k${shape % 300}`]: { k0: shape } } });
    for (let shape = 0; shape < 450; shape++) value = { [`n${shape}`]: value };
    const both = [value, rows, rows, value];
    expect(difference(cborCodec.decode(cborCodec.encode(both), false), both)).toBe(undefined);
  });
});

it('trap 27: what is decoded holds nothing of the payload in memory', () => {
  const value = {
    small: Buffer.from('ten bytes.'),
    typed: new Uint16Array([1, 2]),
    filler: 'x'.repeat(1_000_000),
  };
  const bytes = Buffer.from(cborCodec.encode(value));
  for (const owned of [false, true]) {
    const decoded = cborCodec.decode(bytes, owned) as typeof value;
    expect(decoded.small.buffer.byteLength).toBe(10);
    expect(decoded.typed.buffer.byteLength).toBe(4);
  }
});

it('a plain Uint8Array as the source gives the same classes as a Buffer', () => {
  const bytes = new Uint8Array(cborCodec.encode([Buffer.from('a'), new Uint8Array([1])]));
  expect(difference(cborCodec.decode(bytes, true), [Buffer.from('a'), new Uint8Array([1])])).toBe(undefined);
});

it('an accessor that changes its answer cannot make cbor-x throw an error of its own', () => {
  let reads = 0;
  const value = {
    get shifty(): unknown {
      return reads++ === 0 ? 1 : () => 1;
    },
  };
  expect(codeThrownBy(() => cborCodec.encode(value))).toBe('ERR_VALUE');
});
