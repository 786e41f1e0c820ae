import { NUMBERS, RUN_NUMBERS } from './columns-format.js';
import { HOST_IS_LITTLE_ENDIAN } from './host.js';

const NUMBER_BYTES = new Map<number, number>([
  [NUMBERS.same, 0],
  [NUMBERS.u8, 1],
  [NUMBERS.u16, 2],
  [NUMBERS.u32, 4],
  [NUMBERS.f32, 4],
  [NUMBERS.f64, 8],
]);

/** Those of whole numbers: nobody may nest steps without end. */
const STEP_FORMS = new Set<number>([NUMBERS.same, NUMBERS.u8, NUMBERS.u16, NUMBERS.u32]);

/** With two bytes more it is still one of 31 bits. */
const MOST_BASE = 0x7fff_0000;

/** Packed numbers, and where they go. */
export interface Unpacking {
  /** The bytes of the segment, up to its end. */
  readonly bytes: Uint8Array;
  /** Of the same: whole numbers of one or two bytes are faster to read without it, all else with it. */
  readonly view: DataView;
  readonly position: number;
  readonly target: Float64Array | Int32Array | Uint8Array;
  readonly start: number;
  readonly count: number;
}

/** Reads numbers. The position behind them; -1 where there are none such. Throws a RangeError where bytes are missing. */
export function unpackNumbers(unpacking: Unpacking): number {
  const { bytes, view, position, target, start, count } = unpacking;
  if (count === 0) return position;
  const form = view.getUint8(position);
  if (form === NUMBERS.mixed) return unpackMixed({ ...unpacking, position: position + 1 });
  if (form === NUMBERS.steps) return unpackSteps({ ...unpacking, position: position + 1 });
  const width = NUMBER_BYTES.get(form);
  if (width === undefined) return -1;
  if (form === NUMBERS.f32 || form === NUMBERS.f64)
    return unpackFloats({ ...unpacking, position: position + 1 }, width);
  const least = view.getFloat64(position + 1, true);
  let at = position + 9;
  const end = start + count;
  if (at + width * count > bytes.length) throw new RangeError();
  if (width === 0) target.fill(least, start, end);
  else if (width === 1)
    for (let index = start; index < end; index++) target[index] = least + (bytes[at++] as number);
  else if (width === 2)
    for (let index = start; index < end; index++, at += 2) target[index] = least + u16(bytes, at);
  else
    for (let index = start; index < end; index++, at += 4) target[index] = least + view.getUint32(at, true);
  return at;
}

/** What {@link unpackIntegers} has read. */
export interface IntegerRun {
  /** The position behind them; -1 where there are none such, or one of them is negative. */
  end: number;
  sum: number;
  /** 0 where there are none. */
  largest: number;
}

/**
 * Reads whole numbers from 0 to 2^31 - 1, and says what they come to: those of one or two bytes, which most are, in one go and by
 * whole-number arithmetic. Throws a RangeError where bytes are missing.
 */
export function unpackIntegers(
  unpacking: Unpacking & { readonly target: Int32Array },
  run: IntegerRun,
): void {
  const { bytes, view, position, target, start, count } = unpacking;
  const form = count === 0 ? undefined : view.getUint8(position);
  const isShort = form === NUMBERS.u8 || form === NUMBERS.u16;
  const least = isShort ? view.getFloat64(position + 1, true) : -1;
  const base = least | 0;
  if (base !== least || base < 0 || base > MOST_BASE) {
    run.end = unpackNumbers(unpacking);
    if (run.end >= 0) addUp(unpacking, run);
    return;
  }
  let at = position + 9;
  run.end = at + (form === NUMBERS.u8 ? count : 2 * count);
  if (run.end > bytes.length) throw new RangeError();
  let sum = 0;
  let largest = 0;
  const end = start + count;
  // A loop each: the form of every number would be asked for else.
  if (form === NUMBERS.u8) {
    for (let index = start; index < end; index++) {
      const above = bytes[at++] as number;
      target[index] = base + above;
      sum += above;
      if (above > largest) largest = above;
    }
  } else {
    for (let index = start; index < end; index++, at += 2) {
      const above = u16(bytes, at);
      target[index] = base + above;
      sum += above;
      if (above > largest) largest = above;
    }
  }
  run.sum = base * count + sum;
  run.largest = base + largest;
}

function addUp({ target, start, count }: Unpacking, run: IntegerRun): void {
  // Looked at all together: a negative one makes their union negative.
  let union = 0;
  run.sum = 0;
  run.largest = 0;
  for (let index = start; index < start + count; index++) {
    const integer = target[index] as number;
    union |= integer;
    run.sum += integer;
    if (integer > run.largest) run.largest = integer;
  }
  if (union < 0) run.end = -1;
}

function u16(bytes: Uint8Array, at: number): number {
  return (bytes[at] as number) | ((bytes[at + 1] as number) << 8);
}

/** Whether the engine keeps some of the numbers whose form stands there as floats: those that are not whole, or of more than 32 bits. */
export function isFloatForm(bytes: Buffer, at: number): boolean {
  const form = bytes[at];
  if (form === NUMBERS.f32 || form === NUMBERS.f64 || form === NUMBERS.mixed) return true;
  if (at + 9 > bytes.length) return false;
  const first = bytes.readDoubleLE(at + 1);
  return (first | 0) !== first;
}

/** Of the numbers of a mixed form, and which of them are whole. Fresh memory would cost a page fault for each 4 KB. */
const mixedNumbers = new Float64Array(RUN_NUMBERS);
const mixedBits = new Uint8Array(RUN_NUMBERS);

function unpackMixed({ bytes, view, position, target, start, count }: Unpacking): number {
  const isLong = count > RUN_NUMBERS;
  const numbers = isLong ? new Float64Array(count) : mixedNumbers;
  const bits = isLong ? new Uint8Array(count) : mixedBits;
  const wholes = unpackBits({ bytes, position, target: bits, start: 0, count });
  let at = position + ((count + 7) >> 3);
  // Neither is mixed again: nobody may nest them without end.
  if (wholes > 0 && view.getUint8(at) === NUMBERS.mixed) return -1;
  at = unpackNumbers({ bytes, view, position: at, target: numbers, start: 0, count: wholes });
  if (at < 0 || (wholes < count && view.getUint8(at) === NUMBERS.mixed)) return -1;
  at = unpackNumbers({ bytes, view, position: at, target: numbers, start: wholes, count: count - wholes });
  // By arithmetic, as which of them are whole cannot be foreseen: a branch would be mispredicted each second time.
  let whole = 0;
  for (let index = 0; index < count; index++) {
    const bit = bits[index] as number;
    const other = wholes + index - whole;
    target[start + index] = numbers[other + (whole - other) * bit] as number;
    whole += bit;
  }
  return at;
}

/** Reads a first number and the steps from each to the next, and adds them up. */
function unpackSteps({ bytes, view, position, target, start, count }: Unpacking): number {
  target[start] = view.getFloat64(position, true);
  const at = position + 8;
  if (count > 1 && !STEP_FORMS.has(view.getUint8(at))) return -1;
  const end = unpackNumbers({ bytes, view, position: at, target, start: start + 1, count: count - 1 });
  for (let index = start + 1; index < start + count; index++)
    target[index] = (target[index - 1] as number) + (target[index] as number);
  return end;
}

function unpackFloats({ bytes, view, position, target, start, count }: Unpacking, width: number): number {
  let at = position;
  const end = start + count;
  if (at + width * count > bytes.length) throw new RangeError();
  if (width === 4)
    for (let index = start; index < end; index++, at += 4) target[index] = view.getFloat32(at, true);
  else if (HOST_IS_LITTLE_ENDIAN && target instanceof Float64Array) {
    const floats = new Uint8Array(target.buffer, target.byteOffset + 8 * start, 8 * count);
    floats.set(bytes.subarray(at, at + 8 * count));
    at += 8 * count;
  } else for (let index = start; index < end; index++, at += 8) target[index] = view.getFloat64(at, true);
  return at;
}

/** Reads bits, and spreads them to a byte each. How many of them are 1. Throws a RangeError where bytes are missing. */
export function unpackBits({
  bytes,
  position,
  target,
  start,
  count,
}: Omit<Unpacking, 'view'> & { readonly target: Uint8Array }): number {
  if (position + Math.ceil(count / 8) > bytes.length) throw new RangeError();
  let set = 0;
  let byte = 0;
  for (let index = 0; index < count; index++) {
    byte = (index & 7) === 0 ? (bytes[position + (index >> 3)] as number) : byte >> 1;
    const bit = byte & 1;
    target[start + index] = bit;
    set += bit;
  }
  return set;
}
