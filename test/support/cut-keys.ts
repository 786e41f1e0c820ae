import { collectGarbage } from './collect-garbage.js';

const KEYS = 40;
const TEXT_CHARACTERS = 500_000;

/**
 * Bytes of the heap that each key takes, of keys of 30 characters that are cut out of texts of half a megabyte, once they have
 * been given to something that keeps them. A key that is still a piece of its text takes all of that.
 */
export async function bytesPerCutKey(keep: (key: string) => unknown): Promise<number> {
  // What the first one brings on is none of the keys'.
  await keep(cutKey(0));
  collectGarbage();
  const before = process.memoryUsage().heapUsed;
  for (let index = 1; index <= KEYS; index++) await keep(cutKey(index));
  collectGarbage();
  return (process.memoryUsage().heapUsed - before) / KEYS;
}

/** The most that a key of its own, and what is kept beside it, takes here. */
export const BYTES_OF_OWN_KEY = TEXT_CHARACTERS / 10;

/** The same for one number each time. It holds braces that are no hash tag. */
function cutKey(index: number): string {
  return `<${`key }{} ${index} `.padEnd(30, '.')}>${'x'.repeat(TEXT_CHARACTERS)}`.slice(1, 31);
}
