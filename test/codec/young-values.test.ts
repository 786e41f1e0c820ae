import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { columnsCodec } from '../../dist/codec/columns.js';
import { graphCodec } from '../../dist/codec/graph.js';
import { defineOwn } from '../../dist/codec/graph-readers.js';
import { allocationFor, arrayFor, listOf } from '../../dist/codec/young-values.js';

const codecs = [columnsCodec, graphCodec];
const bytesOf = (codec: (typeof codecs)[number], value: unknown) => Buffer.from(codec.encode(value));

const FIXTURE = fileURLToPath(new URL('./fixtures/young-values.mjs', import.meta.url));

interface Seen {
  readonly codec: string;
  /** Of the records and of their lists, the share in the young generation, 0 to 1. */
  readonly records: number;
  readonly lists: number;
  readonly haveOneLayout: boolean;
}

test('values that outlived collections do not move later ones into the old generation; all codecs make one layout', () => {
  const output = execFileSync(process.execPath, ['--allow-natives-syntax', FIXTURE], { encoding: 'utf8' });
  const seen = JSON.parse(output) as Seen[];
  expect(seen.map(({ codec }) => codec)).toEqual(['columns', 'graph']);
  for (const { records, lists, haveOneLayout } of seen) {
    // With literals both were 0 here, in Node 20 to 26.
    expect(records).toBeGreaterThan(0.9);
    expect(lists).toBeGreaterThan(0.9);
    expect(haveOneLayout).toBe(true);
  }
});

const HOSTILE_KEYS = [
  '__proto__',
  'constructor',
  'toString',
  '0',
  '17',
  '',
  ' ',
  '\u2028',
  '"];x',
  'a\\',
  'id',
];

test.each(codecs)('$name: every list of keys makes what a literal makes', (codec) => {
  const lists = HOSTILE_KEYS.map((key, index) => ['first', key, ...HOSTILE_KEYS.slice(index + 1)]);
  for (const keys of [...lists, ['a'], Array.from({ length: 64 }, (_, index) => `key ${index}`)]) {
    const rows = Array.from({ length: 1_024 }, (_, row) => {
      const made = {};
      for (const key of keys) defineOwn(made, key, row);
      return made;
    });
    const back = codec.decode(bytesOf(codec, rows), false) as object[];
    for (const row of [0, 700, 1_023]) {
      const made = back[row] as object;
      expect(Object.getPrototypeOf(made)).toBe(Object.prototype);
      expect(Object.getOwnPropertyDescriptors(made)).toEqual(
        Object.getOwnPropertyDescriptors(rows[row] as object),
      );
      expect(Reflect.ownKeys(made)).toEqual(Reflect.ownKeys(rows[row] as object));
    }
  }
});

test.each(codecs)('$name: lists of every length and kind', (codec) => {
  const items = [1, 2.5, -0, Number.NaN, 'text', null, true, 2 ** 40];
  const rows = Array.from({ length: 2_048 }, (_, row) => ({
    whole: Array.from({ length: row % 40 }, (_, index) => index * row),
    parts: Array.from({ length: row % 35 }, (_, index) => index / 8),
    wholeThenPart: [row, row + 0.5],
    texts: Array.from({ length: row % 7 }, (_, index) => `item ${index}`),
    anything: items.slice(row % items.length),
  }));
  expect(codec.decode(bytesOf(codec, rows), false)).toStrictEqual(rows);
});

test('a list is one of its own, and has a length without holes', () => {
  for (const first of ['', 0, 0.5]) {
    const lists = [0, 1, 2, 32].map((length) => listOf(length, first));
    expect(lists.map(({ length }) => length)).toEqual([0, 1, 2, 32]);
    lists[1]?.splice(0, 1, 'mine');
    expect(listOf(1, first)).toEqual([first]);
    expect(listOf(2, first)).not.toBe(lists[2]);
  }
  expect(listOf(33, 0)).toHaveLength(33);
});

test('no memory is taken for a length that a frame only announces', () => {
  expect(arrayFor('young', 2 ** 30, 0)).toHaveLength(0);
  expect(arrayFor('learned', 2 ** 30, 0)).toHaveLength(0);
});

test('how objects are made goes by segments, each of which is as much work as one of 64 KB', () => {
  const MB = 2 ** 20;
  expect([MB, 2 * MB - 1, 2 * MB].map((bytes) => allocationFor(bytes))).toEqual([
    'young',
    'young',
    'learned',
  ]);
  expect(allocationFor(MB, 65_536)).toBe('young');
  expect(allocationFor(MB, 32_768)).toBe('learned');
  expect(allocationFor(3 * MB, 200_000)).toBe('learned');
});
