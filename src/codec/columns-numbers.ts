import { leastBytes, NUMBERS_TAG, RUN_NUMBERS, TUPLE_NUMBERS, TUPLES_TAG } from './columns-format.js';
import { integerBytes, packNumbers } from './columns-pack.js';
import type { GraphWriter } from './graph-writer.js';

/** Fewer numbers, or lists of numbers, are written one by one. */
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
  const most = mostOf(items.length - from, 1, room);
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

/** Most elements of so many numbers that are written together: those that are left, or that there is room for. */
function mostOf(left: number, width: number, room: number): number {
  const fitting = Math.max(LEAST_NUMBERS, Math.ceil(room / (NUMBER_BYTES * width)));
  return Math.min(left, Math.floor(RUN_NUMBERS / width), fitting);
}

/**
 * Writes the elements from `from` on as far as they are lists of as many numbers as the first one, such as points: the first
 * numbers of all, then the second ones. How many; 0 where they are to be written one by one.
 */
export function writeTuples(items: readonly unknown[], from: number, room: number, out: GraphWriter): number {
  const width = widthOf(items[from]);
  if (width === 0 || widthOf(items[from + LEAST_NUMBERS - 1]) !== width) return 0;
  const numbers = spare ?? new Float64Array(RUN_NUMBERS);
  spare = undefined;
  const most = mostOf(items.length - from, width, room);
  const gathered = { numbers, most, width, areShort: true };
  const count = gather(items, from, gathered);
  if (count >= LEAST_NUMBERS) {
    // A line that is stored as its first point and the ways from each to the next.
    const alone = isFarOff(gathered, count) && out.fewNumbers(items[from] as readonly unknown[]) ? 1 : 0;
    const rows = count - alone;
    out.tag(TUPLES_TAG);
    out.count(rows);
    out.count(2 * width + (gathered.areShort ? 1 : 0));
    const start = out.position;
    for (let column = 0; column < width; column++) packNumbers(out, numbers, column * most + alone, rows);
    out.pad(start, leastBytes(rows, rows * width));
  }
  spare = numbers;
  return count >= LEAST_NUMBERS ? count : 0;
}

interface Gathered {
  /** Those at one place of all lists stand together, and those at the next place `most` behind them. */
  readonly numbers: Float64Array;
  readonly most: number;
  readonly width: number;
  /** Whether all numbers are whole and take 32 bits with their sign. */
  areShort: boolean;
}

/** How many lists there are before the first that does not fit. */
function gather(items: readonly unknown[], from: number, gathered: Gathered): number {
  const { numbers, most, width } = gathered;
  for (let count = 0; count < most; count++) {
    const item = items[from + count];
    if (widthOf(item) !== width) return count;
    for (let index = 0, to = count; index < width; index++, to += most) {
      const number = (item as readonly unknown[])[index];
      if (typeof number !== 'number') return count;
      numbers[to] = number;
      if ((number | 0) !== number || Object.is(number, -0)) gathered.areShort = false;
    }
  }
  return most;
}

/** Whether the first numbers of all lists would take more bytes because of that of the first list. */
function isFarOff({ numbers, areShort }: Gathered, count: number): boolean {
  const [first = 0, second = 0] = numbers;
  if (!areShort || integerBytes(Math.abs(first - second)) <= 1) return false;
  let least = second;
  let most = second;
  for (let index = 2; index < count; index++) {
    const number = numbers[index] as number;
    if (number < least) least = number;
    if (number > most) most = number;
  }
  const withFirst = Math.max(most, first) - Math.min(least, first);
  return integerBytes(most - least) < integerBytes(withFirst);
}

/** How many elements a list has that may be stored with its neighbours; 0 where it may not. */
function widthOf(item: unknown): number {
  if (!Array.isArray(item) || item.length > TUPLE_NUMBERS) return 0;
  return Object.getPrototypeOf(item) === Array.prototype ? item.length : 0;
}
