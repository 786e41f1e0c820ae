import { NUMBERS, RUN_NUMBERS } from './columns-format.js';
import type { GraphWriter } from './graph-writer.js';
import { HOST_IS_LITTLE_ENDIAN } from './host.js';

/** Fewer numbers are not told apart. */
const LEAST_MIXED = 32;
/** Numbers that are looked at, and the part of them that must be whole. */
const MIXED_SAMPLE = 32;
const LEAST_WHOLE = 0.25;
const MOST_U8 = 0xff;
const MOST_U16 = 0xffff;
const MOST_U32 = 0xffff_ffff;

/** Numbers of a mixed form, and which of them are whole. There are never more: a column has at most as many as a run. */
const mixedBits = new Uint8Array(RUN_NUMBERS);
const mixedWhole = new Float64Array(RUN_NUMBERS);
const mixedOthers = new Float64Array(RUN_NUMBERS);

/**
 * Writes the numbers from `start` on in the fewest bytes that are exact for all of them: whole numbers as what they
 * are above the least, others as floats.
 */
export function packNumbers(out: GraphWriter, numbers: Float64Array, start: number, count: number): void {
  const end = start + count;
  for (let index = start; index < end; index++) {
    const number = numbers[index] as number;
    // -0 is no whole number here, NaN neither.
    if (!isWhole(number)) {
      if (!packMixed(out, numbers, start, end)) packFloats(out, numbers, start, end);
      return;
    }
  }
  packIntegers(out, numbers, start, count);
}

function isWhole(number: number): boolean {
  return Math.floor(number) === number && (number !== 0 || 1 / number > 0);
}

/** Whether a number is whole and takes 32 bits at most. */
function isShort(number: number): boolean {
  return isWhole(number) && number >= 0 && number <= MOST_U32;
}

/** Writes short whole numbers and all others apart, where that takes clearly fewer bytes. False where it does not. */
function packMixed(out: GraphWriter, numbers: Float64Array, start: number, end: number): boolean {
  const count = end - start;
  if (count < LEAST_MIXED) return false;
  let sampled = 0;
  for (let index = start; index < end; index += Math.ceil(count / MIXED_SAMPLE))
    if (isShort(numbers[index] as number)) sampled++;
  if (sampled < MIXED_SAMPLE * LEAST_WHOLE) return false;
  let wholes = 0;
  let rest = 0;
  for (let index = 0; index < count; index++) {
    const number = numbers[start + index] as number;
    const bit = isShort(number) ? 1 : 0;
    // Both, and then one of them over it again: which it is cannot be foreseen, and a branch is mispredicted each second time.
    mixedWhole[wholes] = number;
    mixedOthers[rest] = number;
    mixedBits[index] = bit;
    wholes += bit;
    rest += 1 - bit;
  }
  const at = out.claim(1);
  out.ops[at] = NUMBERS.mixed;
  packBits(out, mixedBits, 0, count);
  packIntegers(out, mixedWhole, 0, wholes);
  if (rest > 0) packFloats(out, mixedOthers, 0, rest);
  return true;
}

/** Writes whole numbers, none of which is -0, as {@link packNumbers} does. */
export function packIntegers(out: GraphWriter, numbers: Float64Array, start: number, count: number): void {
  if (count === 0) return;
  const end = start + count;
  let least = numbers[start] as number;
  let most = least;
  for (let index = start + 1; index < end; index++) {
    const number = numbers[index] as number;
    if (number < least) least = number;
    if (number > most) most = number;
  }
  const range = most - least;
  if (range <= MOST_U32) packWhole(out, { numbers, start, end, least, range });
  else packFloats(out, numbers, start, end);
}

/** Bytes of each of some whole numbers that are at most so far apart. */
export function integerBytes(range: number): number {
  return range === 0 ? 0 : range <= MOST_U8 ? 1 : range <= MOST_U16 ? 2 : 4;
}

interface Whole {
  readonly numbers: Float64Array;
  readonly start: number;
  readonly end: number;
  readonly least: number;
  readonly range: number;
}

function packWhole(out: GraphWriter, { numbers, start, end, least, range }: Whole): void {
  const bytes = integerBytes(range);
  let at = out.claim(9 + bytes * (end - start));
  const { ops, view } = out;
  view.setFloat64(at + 1, least, true);
  if (bytes === 0) ops[at] = NUMBERS.same;
  else if (bytes === 1) {
    ops[at] = NUMBERS.u8;
    at += 9;
    for (let index = start; index < end; index++) ops[at++] = (numbers[index] as number) - least;
  } else if (bytes === 2) {
    ops[at] = NUMBERS.u16;
    at += 9;
    for (let index = start; index < end; index++, at += 2)
      view.setUint16(at, (numbers[index] as number) - least, true);
  } else {
    ops[at] = NUMBERS.u32;
    at += 9;
    for (let index = start; index < end; index++, at += 4)
      view.setUint32(at, (numbers[index] as number) - least, true);
  }
}

function packFloats(out: GraphWriter, numbers: Float64Array, start: number, end: number): void {
  let index = start;
  while (index < end && Math.fround(numbers[index] as number) === numbers[index]) index++;
  const bytes = index === end ? 4 : 8;
  let at = out.claim(1 + bytes * (end - start));
  const { ops, view } = out;
  ops[at++] = bytes === 4 ? NUMBERS.f32 : NUMBERS.f64;
  if (bytes === 4)
    for (index = start; index < end; index++, at += 4) view.setFloat32(at, numbers[index] as number, true);
  else if (HOST_IS_LITTLE_ENDIAN) ops.set(new Uint8Array(numbers.buffer, 8 * start, 8 * (end - start)), at);
  else for (index = start; index < end; index++, at += 8) view.setFloat64(at, numbers[index] as number, true);
}

/** Writes bits from `start` on, eight to a byte, the first lowest. How many of them are 1. */
export function packBits(out: GraphWriter, bits: Uint8Array, start: number, count: number): number {
  let at = out.claim((count + 7) >> 3);
  const { ops } = out;
  let byte = 0;
  let set = 0;
  for (let index = 0; index < count; index++) {
    const bit = bits[start + index] as number;
    set += bit;
    byte |= bit << (index & 7);
    if ((index & 7) === 7) {
      ops[at++] = byte;
      byte = 0;
    }
  }
  if ((count & 7) !== 0) ops[at] = byte;
  return set;
}
