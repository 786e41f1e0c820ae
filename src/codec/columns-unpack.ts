import { NUMBERS } from './columns-format.js';

const NUMBER_BYTES = new Map<number, number>([
  [NUMBERS.same, 0],
  [NUMBERS.u8, 1],
  [NUMBERS.u16, 2],
  [NUMBERS.u32, 4],
  [NUMBERS.f32, 4],
  [NUMBERS.f64, 8],
]);

/** Packed numbers, and where they go. */
export interface Unpacking {
  /** The bytes of the segment, up to its end. */
  readonly view: DataView;
  readonly position: number;
  readonly target: Float64Array | Int32Array | Uint8Array;
  readonly start: number;
  readonly count: number;
}

/** Reads numbers. The position behind them; -1 where there are none such. Throws a RangeError where bytes are missing. */
export function unpackNumbers({ view, position, target, start, count }: Unpacking): number {
  if (count === 0) return position;
  const form = view.getUint8(position);
  if (form === NUMBERS.mixed) return unpackMixed({ view, position: position + 1, target, start, count });
  const bytes = NUMBER_BYTES.get(form);
  if (bytes === undefined) return -1;
  if (form === NUMBERS.f32 || form === NUMBERS.f64) {
    return unpackFloats({ view, position: position + 1, target, start, count }, bytes);
  }
  const least = view.getFloat64(position + 1, true);
  let at = position + 9;
  const end = start + count;
  if (bytes === 0) target.fill(least, start, end);
  else if (bytes === 1)
    for (let index = start; index < end; index++) target[index] = least + view.getUint8(at++);
  else if (bytes === 2)
    for (let index = start; index < end; index++, at += 2) target[index] = least + view.getUint16(at, true);
  else
    for (let index = start; index < end; index++, at += 4) target[index] = least + view.getUint32(at, true);
  return at;
}

/** The same for a target of whole numbers: those of one or two bytes, which most are, by whole-number arithmetic. */
export function unpackIntegers(unpacking: Unpacking & { readonly target: Int32Array }): number {
  const { view, position, target, start, count } = unpacking;
  const form = count === 0 ? undefined : view.getUint8(position);
  if (form !== NUMBERS.u8 && form !== NUMBERS.u16) return unpackNumbers(unpacking);
  const least = view.getFloat64(position + 1, true);
  const base = least | 0;
  if (base !== least) return unpackNumbers(unpacking);
  let at = position + 9;
  const end = start + count;
  if (form === NUMBERS.u8)
    for (let index = start; index < end; index++) target[index] = base + view.getUint8(at++);
  else for (let index = start; index < end; index++, at += 2) target[index] = base + view.getUint16(at, true);
  return at;
}

function unpackMixed({ view, position, target, start, count }: Unpacking): number {
  const bits = new Uint8Array(count);
  const wholes = unpackBits({ view, position, target: bits, start: 0, count });
  const whole = new Float64Array(wholes);
  const others = new Float64Array(count - wholes);
  let at = position + ((count + 7) >> 3);
  // Neither is mixed again: nobody may nest them without end.
  if (wholes > 0 && view.getUint8(at) === NUMBERS.mixed) return -1;
  at = unpackNumbers({ view, position: at, target: whole, start: 0, count: wholes });
  if (at < 0 || (others.length > 0 && view.getUint8(at) === NUMBERS.mixed)) return -1;
  at = unpackNumbers({ view, position: at, target: others, start: 0, count: others.length });
  let nextWhole = 0;
  let nextOther = 0;
  for (let index = 0; index < count; index++) {
    target[start + index] = (bits[index] === 1 ? whole[nextWhole++] : others[nextOther++]) as number;
  }
  return at;
}

function unpackFloats({ view, position, target, start, count }: Unpacking, bytes: number): number {
  let at = position;
  const end = start + count;
  if (bytes === 4)
    for (let index = start; index < end; index++, at += 4) target[index] = view.getFloat32(at, true);
  else for (let index = start; index < end; index++, at += 8) target[index] = view.getFloat64(at, true);
  return at;
}

/** Reads bits, and spreads them to a byte each. How many of them are 1. Throws a RangeError where bytes are missing. */
export function unpackBits({
  view,
  position,
  target,
  start,
  count,
}: Unpacking & { target: Uint8Array }): number {
  let set = 0;
  for (let index = 0; index < count; index++) {
    const bit = (view.getUint8(position + (index >> 3)) >> (index & 7)) & 1;
    target[start + index] = bit;
    set += bit;
  }
  return set;
}
