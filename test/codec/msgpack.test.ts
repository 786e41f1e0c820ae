import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Packr } from 'msgpackr';
import { describe, expect, it } from 'vitest';
import { msgpackCodec } from '../../dist/codec/msgpack.js';
import { codeThrownBy, thrownBy } from '../support/error-code.js';
import { expectMutationsHarmless, expectTruncationsRefused } from '../support/hostile-bytes.js';
import { difference } from '../support/same-value.js';

const SAMPLE = {
  rows: [
    { id: 1, name: 'first', at: new Date(1_700_000_000_123), tags: new Set(['a', 'é']), big: 2n ** 70n },
    { id: -70_000, name: 'x'.repeat(80), at: new Date(-5), tags: new Set([]), big: -(2n ** 8191n) },
  ],
  map: new Map<unknown, unknown>([
    [1, { id: 200 }],
    ['k', [undefined, null, true, 1.5, Number.NaN, 100, 70_000]],
  ]),
  bytes: Buffer.from('bytes'),
  typed: [
    new Float64Array([1.5, -0]),
    new Uint8Array([1, 2, 3]),
    new ArrayBuffer(3),
    new DataView(new ArrayBuffer(2)),
  ],
  dates: [
    new Date(0),
    new Date(Number.NaN),
    new Date(8.64e15),
    new Date(-8.64e15),
    new Date(2 ** 33 * 1000 + 1),
  ],
  empty: [{}, [], ''],
};

function decodeHex(hex: string): unknown {
  return msgpackCodec.decode(Buffer.from(hex.replaceAll(' ', ''), 'hex'), true);
}

it('comes back', () => {
  expect(difference(msgpackCodec.decode(msgpackCodec.encode(SAMPLE), false), SAMPLE)).toBe(undefined);
});

it('every truncation is refused', () => {
  expectTruncationsRefused(msgpackCodec, Uint8Array.from(msgpackCodec.encode(SAMPLE)));
});

it('20,000 mutations give a value or ERR_CORRUPT, and change nothing that follows', () => {
  expectMutationsHarmless(msgpackCodec, { value: SAMPLE, seed: 4, runs: 20_000 });
});

describe('hostile bytes', () => {
  const packr = new Packr({ moreTypes: true, structuredClone: true, useRecords: false });
  const cyclic: unknown[] = [];
  cyclic.push(cyclic);
  it.each([
    ['RegExp', packr.pack(/(a+)+$/).toString('hex')],
    ['Error', packr.pack(new TypeError('x')).toString('hex')],
    ['a cyclic array', packr.pack(cyclic).toString('hex')],
    ['bundled strings', new Packr({ bundleStrings: true }).pack(['some text', 'more text']).toString('hex')],
    ['a record that was never defined', '91 40'],
    ['a record of two bytes', 'd5 72 6000 91 a161 01'],
    ['a record number out of bounds', 'd4 72 00 91 a161 01'],
    ['a record without its values', 'd4 72 40 92 a161 a162 01'],
    ['a key __proto__', 'd4 72 40 91 a9 5f5f70726f746f5f5f 01'],
    ['a key that is no text', 'd4 72 40 91 01 01'],
    ['an extension of an application', 'd4 05 00'],
    ['the format that is never used', 'c1'],
    ['a set on a map', 'd4 73 00 80'],
    ['a typed array of an unknown type', 'c7 02 74 0b 00'],
    ['a typed array with a part of an element', 'c7 04 74 03 000000'],
    ['a date of nine bytes', 'c7 09 ff 000000000000000000'],
    ['a bigint of 1 MB', `c9 00100000 42 ${'7f'.repeat(0x100000)}`],
    ['an array longer than the bytes', 'dd 7fffffff 01'],
    ['a map longer than the bytes', 'df 7fffffff 01'],
    ['a string longer than the bytes', 'db 7fffffff 61'],
    ['undefined as the value', 'd4 00 00'],
    ['nothing', ''],
    ['bytes after the value', '01 01'],
  ])('%s', (_name, hex) => {
    expect(codeThrownBy(() => decodeHex(hex))).toBe('ERR_CORRUPT');
  });

  it('deep nesting is refused before a decoder sees it, within 500 it is read', () => {
    expect(thrownBy(() => decodeHex(`${'91'.repeat(501)}01`)).message).toMatch(/nested deeper than 500/);
    expect(codeThrownBy(() => decodeHex(`${'91'.repeat(500)}01`))).toBe('nothing thrown');
  });

  it('records do not outlive their payload', () => {
    expect(decodeHex('d4 72 40 91 a161 01')).toEqual({ a: 1 });
    expect(codeThrownBy(() => decodeHex('40 01'))).toBe('ERR_CORRUPT');
    const rows = [{ a: 1 }, { a: 2 }];
    const sound = Uint8Array.from(msgpackCodec.encode(rows));
    expect(decodeHex('92 d4 72 40 91 a178 01 40 02')).toEqual([{ x: 1 }, { x: 2 }]);
    expect(msgpackCodec.decode(sound, false)).toEqual(rows);
    expect(Buffer.from(msgpackCodec.encode(rows)).equals(sound)).toBe(true);
  });
});

describe('sizes at the borders of the format', () => {
  it('more than 64 shapes, nested in each other, and 70,000 keys come back', () => {
    let value: unknown = 'leaf';
    const rows: unknown[] = [];
    for (let shape = 0; shape < 300; shape++)
      rows.push({ [`k${shape}`]: { [`k${shape % 90}`]: { k0: shape } } });
    for (let shape = 0; shape < 450; shape++) value = { [`n${shape}`]: value };
    const wide = Object.fromEntries(Array.from({ length: 70_000 }, (_, index) => [`key ${index}`, index]));
    const all = [value, rows, rows, wide, wide, value];
    expect(difference(msgpackCodec.decode(msgpackCodec.encode(all), false), all)).toBe(undefined);
  });

  it.each([0, 15, 16, 31, 32, 254, 255, 256, 65_534, 65_535, 65_536])(
    '%i elements, characters, bytes',
    (length) => {
      const value = [
        new Array(length).fill(1),
        'é'.repeat(length),
        'a'.repeat(length),
        Buffer.alloc(length, 1),
        new Uint8Array(length),
        new Map(Array.from({ length }, (_, index) => [index, index])),
      ];
      expect(difference(msgpackCodec.decode(msgpackCodec.encode(value), false), value)).toBe(undefined);
    },
  );
});

it('what is decoded holds nothing of the payload in memory', () => {
  const bytes = Buffer.from(
    msgpackCodec.encode({ small: Buffer.from('ten bytes.'), filler: 'x'.repeat(1_000_000) }),
  );
  const decoded = msgpackCodec.decode(bytes, true) as { small: Buffer };
  expect(decoded.small.buffer.byteLength).toBe(10);
});

it('a large value does not stay in memory once its bytes are let go', () => {
  expect(msgpackCodec.encode('x'.repeat(3_000_000)).buffer.byteLength).toBeGreaterThan(9_000_000);
  expect(msgpackCodec.encode('small').buffer.byteLength).toBeLessThan(100_000);
});

it('without the package: ERR_MISSING_PACKAGE that says what to install', () => {
  // A copy of the built package in a folder from which no node_modules can be found.
  const folder = mkdtempSync(join(tmpdir(), 'offloop-without-msgpackr-'));
  try {
    const dist = fileURLToPath(new URL('../../dist', import.meta.url));
    cpSync(dist, join(folder, 'dist'), { recursive: true });
    const url = pathToFileURL(join(folder, 'dist', 'codec', 'msgpack.js')).href;
    const script = `
      const { msgpackCodec, loadMsgpackr } = await import(${JSON.stringify(url)});
      for (const run of [loadMsgpackr, () => msgpackCodec.encode(1), () => msgpackCodec.decode(new Uint8Array(1), true)]) {
        try { run(); } catch (error) { console.log(error.code, error.message); }
      }`;
    const output = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect(output.trim().split('\n')).toEqual(
      new Array(3).fill(expect.stringMatching(/^ERR_MISSING_PACKAGE .*npm install msgpackr$/)),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});
