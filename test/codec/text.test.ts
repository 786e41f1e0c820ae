import { expect, it } from 'vitest';
import { ownText } from '../../dist/codec/text.js';
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
