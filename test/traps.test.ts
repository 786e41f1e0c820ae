import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { TRAPS } from './traps/index.js';

const COUNT = 33;

it('every trap has a test', () => {
  const numbers = Object.keys(TRAPS).map(Number);
  expect(numbers).toEqual(Array.from({ length: COUNT }, (_, index) => index + 1));
  for (const { tests } of Object.values(TRAPS)) expect(tests.length).toBeGreaterThan(0);
});

const named = Object.entries(TRAPS).flatMap(([trap, { tests }]) =>
  tests.map(({ file, title }) => ({ trap, file, title })),
);

it.each(named)('trap $trap: $file has the test "$title", and runs it', ({ file, title }) => {
  const text = readFileSync(new URL(file, import.meta.url), 'utf8');
  const at = text.indexOf(`'${title}`);
  expect(at, 'the title').toBeGreaterThan(0);
  // The call that the title is given to, also where that is it.each(...)(title).
  const call = text.slice(0, at).match(/\b(?:it|describe|test)(?:\.\w+)?\([^;]*$/)?.[0] ?? '';
  expect(call, 'is in a call of it or describe').not.toBe('');
  expect(call).not.toMatch(/\.(?:skip|todo|skipIf|fails)\b/);
});
