import { expect, it } from 'vitest';
import { spanOf } from '../../dist/frame/note.js';
import { decodeEntryNote, encodeEntryNote, isPlainlyFresh } from '../../dist/manager/entry-note.js';
import { codeThrownBy } from '../support/error-code.js';

const plain = {
  createdAt: 1_700_000_000_123,
  freshUntil: 1_700_000_060_123.5,
  costMs: 12.5,
  stamps: [],
  absent: false,
};

it.each([
  plain,
  { ...plain, absent: true },
  { ...plain, freshUntil: Number.POSITIVE_INFINITY },
  { ...plain, stamps: [['user:é😀', 'g1']] as const },
  {
    ...plain,
    stamps: [
      ['a', ''],
      ['', 'b'],
      ['c', 'x'.repeat(900)],
    ] as const,
  },
])('a note comes back', (note) => {
  expect(decodeEntryNote(spanOf(encodeEntryNote(note)))).toEqual(note);
});

it('a note without stamps takes 22 bytes', () => {
  expect(encodeEntryNote(plain).length).toBe(22);
});

it('it is read from within other bytes', () => {
  const bytes = Buffer.concat([Buffer.from('abc'), encodeEntryNote(plain), Buffer.from('def')]);
  expect(decodeEntryNote({ bytes, start: 3, end: 25 })).toEqual(plain);
  expect(isPlainlyFresh({ bytes, start: 3, end: 25 })).toBe(false);
});

it('a note of another version, or cut anywhere, is none', () => {
  const bytes = encodeEntryNote({ ...plain, stamps: [['tag', 'generation']] });
  expect(decodeEntryNote(spanOf(Uint8Array.of(2, ...bytes.subarray(1))))).toBeUndefined();
  for (let end = 0; end < bytes.length; end++) {
    const cut = decodeEntryNote(spanOf(bytes.subarray(0, end)));
    expect(end === 22 ? cut?.stamps : cut, `${end} bytes`).toEqual(end === 22 ? [] : undefined);
  }
});

it('a note is plainly fresh where it is fresh, says that there is a value, and depends on nothing else', () => {
  const fresh = { ...plain, freshUntil: Date.now() + 60_000 };
  const isFresh = (note: Parameters<typeof encodeEntryNote>[0]): boolean =>
    isPlainlyFresh(spanOf(encodeEntryNote(note)));
  expect(isFresh(fresh)).toBe(true);
  expect(isFresh({ ...fresh, freshUntil: Date.now() - 1 })).toBe(false);
  expect(isFresh({ ...fresh, absent: true })).toBe(false);
  expect(isFresh({ ...fresh, stamps: [['tag', 'generation']] })).toBe(false);
  expect(isPlainlyFresh(spanOf(Buffer.from([2, ...encodeEntryNote(fresh).subarray(1)])))).toBe(false);
});

it('stamps that take too many bytes are ERR_OPTION', () => {
  const stamps = Array.from({ length: 5 }, (_, index) => ['t'.repeat(900) + index, 'g'] as const);
  expect(codeThrownBy(() => encodeEntryNote({ ...plain, stamps }))).toBe('ERR_OPTION');
});
