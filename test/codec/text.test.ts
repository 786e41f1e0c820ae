import { expect, it } from 'vitest';
import { encodingOf, isOneByte, ownText } from '../../dist/codec/text.js';
import { BYTES_OF_OWN_KEY, bytesPerCutKey } from '../support/cut-keys.js';

it('a text of its own keeps nothing of the longer one that it is a piece of', async () => {
  const kept: string[] = [];
  expect(await bytesPerCutKey((key) => kept.push(key))).toBeGreaterThan(BYTES_OF_OWN_KEY);
  expect(await bytesPerCutKey((key) => kept.push(ownText(key)))).toBeLessThan(BYTES_OF_OWN_KEY);
});

it.each([
  '',
  'k',
  'key:1',
  'é',
  'ключ',
  '😀',
  '\ud800',
  'a\udc00b',
  '\0',
  '\ufeffk',
  'x'.repeat(512),
  'é\ud800'.repeat(5_000),
])('a text of its own is the same text: %j', (text) => {
  ownText('what was copied before');
  expect(ownText(text)).toBe(text);
});

/** As the engine keeps it in two bytes a character: a piece of a text that needs them. */
const cut = (text: string) => `${text}\u0100`.slice(0, text.length);

it.each([
  ['', 'latin1', 0],
  ['plain', 'latin1', 5],
  [cut('plain, in two bytes a character'), 'latin1', 31],
  ['Größe', 'latin1', 5],
  ['\0\x7f\x80\xff', 'latin1', 4],
  [`${'a'.repeat(60_000)}\xff`, 'latin1', 60_001],
  [`${'a'.repeat(60_000)}\u0100`, 'utf8', 60_002],
  ['€ and some more', 'utf8', 17],
  ['漢字', 'utf16le', 4],
  ['plain, but \ud800', 'utf16le', 24],
])('%j takes an encoding that is exact and cheap', (text, name, bytes) => {
  expect(encodingOf(text)).toEqual({ name, bytes });
  expect(Buffer.from(text, encodingOf(text).name).toString(encodingOf(text).name)).toBe(text);
});

it('that a text takes a byte a character is told without a look at them', () => {
  const text = Buffer.alloc(100_000_000, 'plain text ').toString('latin1');
  const times = Array.from({ length: 5 }, () => {
    const start = performance.now();
    expect(isOneByte(text)).toBe(true);
    return performance.now() - start;
  });
  // To look at each took 100 ms and more.
  expect(Math.min(...times)).toBeLessThan(5);
});

it('a text that was looked at is not kept by the engine', () => {
  const wide = `${'x'.repeat(1_000)}漢`;
  encodingOf(wide);
  // Node.js itself has the last match of any expression here.
  expect((RegExp as unknown as { input: string }).input).not.toBe(wide);
});
