import { inspect } from 'node:util';
import { expect } from 'vitest';

export const PASSWORD = 'canary-password-5f1e';
export const VALUE = 'canary-value-9c27';
export const SECRET = Buffer.alloc(32, 'canary-key-material-71b3');
/** Escapes of a terminal and a line break first, and what nobody should see at the end. */
export const KEY = `\u001b[31m\n${'k'.repeat(60)}canary-end-of-key`;
const SECRETS = [
  PASSWORD,
  VALUE,
  'canary-key-material',
  SECRET.toString('hex').slice(0, 24),
  SECRET.toString('base64').slice(0, 24),
  'canary-end-of-key',
  '\u001b',
];
/** All that somebody can see of a thing who writes it to a log. */
function shown(thing: unknown): string {
  const own =
    thing instanceof Error ? [thing.message, thing.stack, thing.cause, JSON.stringify(thing)].join('\n') : '';
  return `${own}${inspect(thing, { depth: 12, showHidden: true, maxStringLength: null, getters: true })}`;
}

/** Fails where a thing, as somebody sees it who logs it, holds one of the canaries. */
export function expectNoSecret(what: string, thing: unknown): void {
  // What a key may show stands escaped in a message; the stack and the inspection of an error show it so as well.
  const text = shown(thing);
  for (const secret of SECRETS)
    expect(
      text.includes(secret),
      `${what} (${thing instanceof Error ? thing.message : ''}) tells ${inspect(secret)}`,
    ).toBe(false);
}
