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
/** Fewer numbers are not written as steps. */
const LEAST_STEPS = 16;
/** How far apart steps may be to take fewer bytes than their numbers do, by the bytes of each of these. */
const STEP_RANGES = [-1, 0, MOST_U8, -1, MOST_U16] as const;
/** The difference of two whole numbers that are no farther from 0 is exact. */
const MOST_EXACT = 2 ** 52;
/** By the bytes of each. */
const INTEGER_FORMS = [NUMBERS.same, NUMBERS.u8, NUMBERS.u16, 0, NUMBERS.u32] as const;

/** Of each number of four bits. */
const BITS_SET = Uint8Array.of(0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4);

/** Numbers of a mixed form, and which of them are whole. There are never more: a column has at most as many as a run. */
const mixedBits = new Uint8Array(RUN_NUMBERS);
const mixedWhole = new Float64Array(RUN_NUMBERS);
const mixedOthers = new Float64Array(RUN_NUMBERS);

/** The numbers of a column that are all whole and short. */
const shorts = new Int32Array(RUN_NUMBERS);

/** From each number of a column to the next. */
const shortSteps = new Int32Array(RUN_NUMBERS);
const wholeSteps = new Float64Array(RUN_NUMBERS);

/**
 * Writes the numbers from `start` on in few bytes that are exact for all of them: whole numbers as what they
 * are above the least, or as the steps from each to the next, others as floats.
 */
export function packNumbers(out: GraphWriter, numbers: Float64Array, start: number, count: number): void {
  if (count === 0 || packShorts(out, numbers, start, count)) return;
  const end = start + count;
  for (let index = start; index < end; index++) {
    if (isWhole(numbers[index] as number)) continue;
    if (!packMixed(out, numbers, start, end)) packFloats(out, numbers, start, end);
    return;
  }
  packWholes(out, numbers, { start, count, mayStep: count >= LEAST_STEPS });
}

/** Writes whole numbers of 32 bits with their sign. False, and nothing written, where others are among them. */
function packShorts(out: GraphWriter, numbers: Float64Array, start: number, count: number): boolean {
  for (let index = 0; index < count; index++) {
    const number = numbers[start + index] as number;
    const short = number | 0;
    if (short !== number || (short === 0 && Object.is(number, -0))) return false;
    shorts[index] = short;
  }
  packIntegers(out, shorts, 0, count);
  return true;
}

/** Writes whole numbers of 32 bits with their sign, as {@link packNumbers} does. */
export function packIntegers(out: GraphWriter, integers: Int32Array, start: number, count: number): void {
  if (count > 0) packShort(out, integers, { start, count, mayStep: count >= LEAST_STEPS });
}

/** Which numbers are to be written. */
interface Run {
  readonly start: number;
  readonly count: number;
  /** Whether they may be written as steps: these may not once more. */
  readonly mayStep: boolean;
}

function packShort(out: GraphWriter, integers: Int32Array, { start, count, mayStep }: Run): void {
  const end = start + count;
  let least = integers[start] as number;
  let most = least;
  for (let index = start + 1; index < end; index++) {
    const integer = integers[index] as number;
    least = Math.min(least, integer);
    most = Math.max(most, integer);
  }
  const bytes = integerBytes(most - least);
  if (mayStep && bytes > 0 && takeShortSteps(integers, start, end, bytes)) {
    const before = startSteps(out, integers[start] as number);
    packShort(out, shortSteps, { start: 0, count: count - 1, mayStep: false });
    out.spare(bytes * count - (out.position - before));
    return;
  }
  let at = startIntegers(out, bytes, least, count);
  const { ops, view } = out;
  if (bytes === 1)
    for (let index = start; index < end; index++) ops[at++] = (integers[index] as number) - least;
  else if (bytes === 2)
    for (let index = start; index < end; index++, at += 2)
      view.setUint16(at, (integers[index] as number) - least, true);
  else if (bytes === 4)
    for (let index = start; index < end; index++, at += 4)
      view.setInt32(at, ((integers[index] as number) - least) | 0, true);
}

/** Takes the steps between whole numbers of so many bytes. False where they take no fewer: in most columns one of the first tells. */
function takeShortSteps(integers: Int32Array, start: number, end: number, bytes: number): boolean {
  const range = STEP_RANGES[bytes] as number;
  let least = (integers[start + 1] as number) - (integers[start] as number);
  let most = least;
  for (let index = start + 1; index < end; index++) {
    const step = (integers[index] as number) - (integers[index - 1] as number);
    least = Math.min(least, step);
    most = Math.max(most, step);
    if (most - least > range) return false;
    shortSteps[index - start - 1] = step;
  }
  return true;
}

/** The same of whole numbers of any size. */
function takeWholeSteps(numbers: Float64Array, start: number, end: number, bytes: number): boolean {
  const range = bytes > 4 ? MOST_U32 : (STEP_RANGES[bytes] as number);
  let least = (numbers[start + 1] as number) - (numbers[start] as number);
  let most = least;
  for (let index = start + 1; index < end; index++) {
    const step = (numbers[index] as number) - (numbers[index - 1] as number);
    if (step < least) least = step;
    if (step > most) most = step;
    if (most - least > range) return false;
    wholeSteps[index - start - 1] = step;
  }
  return true;
}

/** Writes what stands before the steps from a first number on, and says where that is. */
function startSteps(out: GraphWriter, first: number): number {
  const at = out.claim(9);
  out.ops[at] = NUMBERS.steps;
  out.view.setFloat64(at + 1, first, true);
  return at;
}

/** Where the numbers stand that are to be written, in so many bytes each, above the least of them. */
function startIntegers(out: GraphWriter, bytes: number, least: number, count: number): number {
  const at = out.claim(9 + bytes * count);
  out.ops[at] = INTEGER_FORMS[bytes] as number;
  out.view.setFloat64(at + 1, least, true);
  return at + 9;
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
  packWholes(out, mixedWhole, { start: 0, count: wholes, mayStep: false });
  if (rest > 0) packFloats(out, mixedOthers, 0, rest);
  return true;
}

/** Writes whole numbers, one at least and none of them -0, as {@link packNumbers} does. */
function packWholes(out: GraphWriter, numbers: Float64Array, { start, count, mayStep }: Run): void {
  const end = start + count;
  let least = numbers[start] as number;
  let most = least;
  for (let index = start + 1; index < end; index++) {
    const number = numbers[index] as number;
    if (number < least) least = number;
    if (number > most) most = number;
  }
  const bytes = integerBytes(most - least);
  const areExact = bytes <= 4 || (least >= -MOST_EXACT && most <= MOST_EXACT);
  if (mayStep && bytes > 0 && areExact && takeWholeSteps(numbers, start, end, bytes)) {
    const before = startSteps(out, numbers[start] as number);
    packWholes(out, wholeSteps, { start: 0, count: count - 1, mayStep: false });
    out.spare(bytes * count - (out.position - before));
    return;
  }
  if (bytes > 4) {
    packFloats(out, numbers, start, end);
    return;
  }
  let at = startIntegers(out, bytes, least, count);
  const { ops, view } = out;
  for (let index = start; bytes > 0 && index < end; index++, at += bytes) {
    const above = (numbers[index] as number) - least;
    if (bytes === 4) view.setUint32(at, above, true);
    else if (bytes === 2) view.setUint16(at, above, true);
    else ops[at] = above;
  }
}

/** Bytes of each of some whole numbers that are at most so far apart; 8 where they are stored as floats. */
export function integerBytes(range: number): number {
  return range === 0 ? 0 : range <= MOST_U8 ? 1 : range <= MOST_U16 ? 2 : range <= MOST_U32 ? 4 : 8;
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
  const bit = (index: number) => bits[index] as number;
  let set = 0;
  let index = start;
  for (const whole = start + count - 7; index < whole; index += 8) {
    const low = bit(index) | (bit(index + 1) << 1) | (bit(index + 2) << 2) | (bit(index + 3) << 3);
    const high = bit(index + 4) | (bit(index + 5) << 1) | (bit(index + 6) << 2) | (bit(index + 7) << 3);
    set += (BITS_SET[low] as number) + (BITS_SET[high] as number);
    ops[at++] = low | (high << 4);
  }
  let byte = 0;
  for (let shift = 0; index < start + count; index++, shift++) {
    set += bit(index);
    byte |= bit(index) << shift;
  }
  if ((count & 7) !== 0) ops[at] = byte;
  return set;
}
