import * as v8 from 'node:v8';

/** How a string's characters are stored, and the bytes that takes. */
export interface TextEncoding {
  readonly name: 'latin1' | 'utf8' | 'utf16le';
  readonly bytes: number;
}

/** From this length on, speed on main counts for more than size. */
const LONG_TEXT_CHARACTERS = 512;
/**
 * The most UTF-8 bytes per character of a long text. UTF-16 is copied at memory speed, where writing and reading 1 MB
 * of mixed scripts in UTF-8 took 4 and 7 ms of main; beyond this it is at most 1.6 times as long.
 */
const UTF8_BYTES_PER_CHARACTER = 1.25;

const BEYOND_LATIN1 = /[^\0-\xff]/;
const NOTHING = /(?:)/;

/**
 * Whether a text is one that the engine keeps in one byte a character, as it does with most that Latin-1 holds: it knows that without a look at
 * them, where counting bytes in UTF-8 took 0.25 to 0.4 ns a character on Node 20 to 24.
 */
export const isOneByte: (text: string) => boolean =
  (v8 as { isStringOneByteRepresentation?: (text: string) => boolean }).isStringOneByteRepresentation ??
  foundOneByte;

/** The same by Node.js before 22.15: nothing that needs two bytes is looked for in a text of one byte a character. */
function foundOneByte(text: string): boolean {
  if (!BEYOND_LATIN1.test(text)) return true;
  // The engine keeps the text of the last match.
  NOTHING.test('');
  return false;
}

/** The encoding of a string that is exact and cheap: Latin-1 where that is known to hold it, else UTF-8 or UTF-16. */
export function encodingOf(text: string): TextEncoding {
  const { length } = text;
  if (isOneByte(text)) return { name: 'latin1', bytes: length };
  const encoding = unicodeEncodingOf(text);
  // ASCII that is kept in two bytes, as a piece of another text is.
  return encoding.name === 'utf8' && encoding.bytes === length ? { name: 'latin1', bytes: length } : encoding;
}

/** UTF-8 or UTF-16, whichever is cheaper. */
export function unicodeEncodingOf(text: string): TextEncoding {
  const { length } = text;
  const bytes = Buffer.byteLength(text, 'utf8');
  const most = length < LONG_TEXT_CHARACTERS ? 2 : UTF8_BYTES_PER_CHARACTER;
  // UTF-8 has no form for an unpaired surrogate.
  if (bytes < length * most && text.isWellFormed()) return { name: 'utf8', bytes };
  return { name: 'utf16le', bytes: length * 2 };
}

/** Where short texts are copied: without a buffer for each a copy takes two thirds of the time. */
const SCRATCH = Buffer.allocUnsafeSlow(1024);

/**
 * The same text in memory of its own: a piece of a longer one keeps all of that. For whatever stays, such as a key in a Map.
 * In UTF-16, which has a form for lone surrogates too.
 */
export function ownText(text: string): string {
  const bytes = text.length * 2;
  const memory = bytes > SCRATCH.length ? Buffer.allocUnsafe(bytes) : SCRATCH;
  memory.write(text, 'utf16le');
  return memory.toString('utf16le', 0, bytes);
}

/** Where a piece of about `length` characters ends that begins at `from`: not within a surrogate pair. */
export function pieceEnd(text: string, from: number, length: number): number {
  const end = from + length;
  if (end >= text.length) return text.length;
  const last = text.charCodeAt(end - 1);
  return last >= 0xd800 && last <= 0xdbff ? end + 1 : end;
}
