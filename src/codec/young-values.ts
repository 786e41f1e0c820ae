import { SEGMENT_BYTES } from './segments.js';

/** Where the engine makes objects: in the young generation, or where it has learned that such objects end. */
export type Allocation = 'young' | 'learned';

/**
 * Bytes of a payload from which on its objects outlive collections of the young generation, of 16 MB a half in Node 20 to 24: it is
 * for the engine to learn that. Of records in Node 20, 0.9 MB of payload held the event loop a fifth as long with objects that are
 * made young, 1.7 MB as long, 3.5 MB twice as long.
 */
const LEARNED_BYTES = 2 ** 21;
/** A longer array grows as it is read: memory is not taken for what a frame only announces. */
const LONGEST_PREALLOCATED = 2 ** 22;
/** Most items of a list that is a copy of one that is kept. */
const TEMPLATE_ITEMS = 32;

const anything = templates('');
const integers = templates(0);
const floats = templates(0.5);

/**
 * How the objects of a payload are best made. Going by its segments, each of which is about as much work as one of {@link SEGMENT_BYTES}
 * bytes, however few bytes it has.
 */
export function allocationFor(payloadBytes: number, segmentBytes = SEGMENT_BYTES): Allocation {
  const work = Math.max(payloadBytes, (payloadBytes / segmentBytes) * SEGMENT_BYTES);
  return work < LEARNED_BYTES ? 'young' : 'learned';
}

/** An array for so many items, as {@link listOf}. */
export function arrayFor(allocation: Allocation, count: number, first: unknown): unknown[] {
  const length = count <= LONGEST_PREALLOCATED ? count : 0;
  return allocation === 'young' ? listOf(length, first) : emptyList(length, first);
}

/**
 * An array of this length without an allocation site, every item of which is set afterwards: of the kind that holds the first of
 * them, or one like it, at best. Numbers take no object each then.
 */
export function listOf(length: number, first: unknown): unknown[] {
  const kind = typeof first !== 'number' ? anything : isFloat(first) ? floats : integers;
  // A copy of a whole array is made inline, several times as fast as one of a part.
  return kind[length]?.slice() ?? emptyList(length, first);
}

function isFloat(first: unknown): boolean {
  return typeof first === 'number' && !Number.isInteger(first);
}

function emptyList(length: number, first: unknown): unknown[] {
  return length > TEMPLATE_ITEMS && isFloat(first) ? longFloats(length) : new Array(length);
}

/**
 * An array of the kind that holds floats as they are, from the beginning: at the first float the engine would move one that was made for
 * whole numbers. Of 84,000 numbers that took three times as long as all the rest in Node 26, and a third of it in Node 20.
 */
function longFloats(length: number): unknown[] {
  const items = new Array<unknown>(length);
  items[length - 1] = 0.5;
  return items;
}

/** Numbers of lists of the same length: those at the first place of each, then those at the second. */
interface Columns {
  readonly numbers: Float64Array | Int32Array;
  readonly width: number;
  readonly count: number;
}

/** Makes the lists, and puts them into an array from `at` on. */
export function listsOf(
  allocation: Allocation,
  { numbers, width, count }: Columns,
  items: unknown[],
  at: number,
): void {
  if (width === 2 && allocation === 'learned') {
    for (let row = 0; row < count; row++) items[at + row] = [numbers[row], numbers[count + row]];
    return;
  }
  const like = numbers instanceof Float64Array ? 0.5 : 0;
  for (let row = 0; row < count; row++) {
    const list = arrayFor(allocation, width, like);
    for (let index = 0, from = row; index < width; index++, from += count) list[index] = numbers[from];
    items[at + row] = list;
  }
}

/** An array of these items without an allocation site. */
export function listWith(...items: unknown[]): unknown[] {
  return items;
}

/** Of every length, the item set one by one: what is made at once is of a kind with holes, or is copied at the first change. */
function templates(item: unknown): readonly unknown[][] {
  return Array.from({ length: TEMPLATE_ITEMS + 1 }, (_, length) => {
    const items: unknown[] = [];
    for (let count = 0; count < length; count++) items.push(item);
    return items;
  });
}
