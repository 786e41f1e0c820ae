import { NUMBERS_TAG, RUN_NUMBERS } from './columns-format.js';
import { packNumbers } from './columns-pack.js';
import type { GraphWriter } from './graph-writer.js';

/** Fewer numbers are written one by one. */
const LEAST_NUMBERS = 16;
/** Bytes of a number, at most. */
const NUMBER_BYTES = 8;

/** One is kept between calls. A call that finds it taken, by an outer call of which a getter encodes, makes its own. */
let spare: Float64Array | undefined;

/** Writes the elements from `from` on as far as they are numbers. How many; 0 where they are to be written one by one. */
export function writeNumbers(
  items: readonly unknown[],
  from: number,
  room: number,
  out: GraphWriter,
): number {
  if (typeof items[from + LEAST_NUMBERS - 1] !== 'number') return 0;
  const numbers = spare ?? new Float64Array(RUN_NUMBERS);
  spare = undefined;
  const most = Math.min(
    items.length - from,
    RUN_NUMBERS,
    Math.max(LEAST_NUMBERS, Math.ceil(room / NUMBER_BYTES)),
  );
  let count = 0;
  for (; count < most; count++) {
    const item = items[from + count];
    if (typeof item !== 'number') break;
    numbers[count] = item;
  }
  if (count >= LEAST_NUMBERS) {
    out.tag(NUMBERS_TAG);
    out.count(count);
    const start = out.position;
    packNumbers(out, numbers, 0, count);
    // An element of an array takes a byte at least, so that a reader can hold what is announced against the bytes.
    out.pad(start, count);
  }
  spare = numbers;
  return count >= LEAST_NUMBERS ? count : 0;
}
