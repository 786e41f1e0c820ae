import { NUMBERS, RUN_NUMBERS } from './columns-format.js';
import { integerBytes, isWhole, packIntegers, packNumbers } from './columns-pack.js';
import { OPS_LENGTH_AT } from './graph-format.js';
import { GraphOps } from './graph-ops.js';
import type { GraphWriter } from './graph-writer.js';
import { HOST_IS_LITTLE_ENDIAN } from './host.js';
import { type SegmentedPayload, segmentsOf } from './segments.js';

/** Fewer numbers are packed at once. */
const LEAST_LOOSE = 64;
/** Of so many numbers at most it is looked at what they take. */
const SAMPLED = 8;
/** Bytes of a number that is left as it is. */
const LOOSE_BYTES = 8;
/** Of a float of 32 bits. */
const FLOAT_BYTES = 4;
/**
 * Bytes that main holds of a value until it packs the rest of its numbers itself: the memory for more of them, none of which was used
 * before, takes longer than packing. A list of 20 million numbers of one byte each took main twice as long, and all three times.
 */
export const MOST_LOOSE_BYTES = 33_554_432;
/** What is noted of a segment: so many numbers begin here, of which one form is written; a batch begins, or ends, of at least so many bytes. */
const NOTES = { numbers: 0, batch: 1, end: 2 } as const;
/** What, at which position of the ops, and how many. */
const NOTE_LENGTH = 3;

/**
 * The numbers of some segments that main leaves as they are, floats of 64 bits, which takes it a quarter of what packing them
 * does: {@link packLoose} packs them in a worker. To a reader either is good.
 */
export class LooseNumbers {
  /** Of each segment: its number among all, how many notes, and these. */
  readonly #notes: number[] = [];
  /** The number of the next segment. */
  #segment: number;
  /** Where the count of the notes of this segment stands. */
  #count = -1;
  #spared = 0;
  /** Of all numbers that are left. */
  bytes = 0;

  /** @param segment the number of the first segment whose numbers are left */
  constructor(segment: number) {
    this.#segment = segment;
  }

  /** A segment begins. */
  begin(): void {
    this.#count = this.#notes.push(this.#segment++, 0) - 1;
    this.#spared = 0;
  }

  /** About the bytes that packing takes from this segment. */
  get spared(): number {
    return this.#spared;
  }

  /** A batch begins. */
  batch({ position }: GraphWriter): void {
    this.#note(NOTES.batch, position, 0);
  }

  /** The batch ends that began last. With what it is padded by it has at least so many bytes. */
  end({ position }: GraphWriter, leastBytes: number): void {
    this.#note(NOTES.end, position, leastBytes);
  }

  /** Writes numbers as they are. */
  leave(out: GraphWriter, numbers: Float64Array, start: number, count: number): void {
    this.#note(NOTES.numbers, out.position, count);
    const at = out.claim(1 + LOOSE_BYTES * count);
    out.ops[at] = NUMBERS.f64;
    out.ops.set(new Uint8Array(numbers.buffer, LOOSE_BYTES * start, LOOSE_BYTES * count), at + 1);
    this.bytes += LOOSE_BYTES * count;
    this.#spared += (LOOSE_BYTES - packedBytes(numbers, start, count)) * count;
  }

  /** All notes, once there is no further segment. */
  take(): Uint32Array {
    return Uint32Array.from(this.#notes);
  }

  #note(what: number, position: number, amount: number): void {
    this.#notes.push(what, position, amount);
    this.#notes[this.#count] = (this.#notes[this.#count] as number) + 1;
  }
}

/** Bytes that each of some numbers takes once they are packed, going by a few of them. */
function packedBytes(numbers: Float64Array, start: number, count: number): number {
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  let wholes = 0;
  let sampled = 0;
  let floatBytes = FLOAT_BYTES;
  for (let index = 0; index < count; index += Math.ceil(count / SAMPLED), sampled++) {
    const number = numbers[start + index] as number;
    if (isWhole(number)) {
      wholes++;
      if (number < least) least = number;
      if (number > most) most = number;
    } else if (Math.fround(number) !== number) floatBytes = LOOSE_BYTES;
  }
  const wholeBytes = wholes === 0 ? 0 : integerBytes(most - least);
  return Math.max(1, (wholes * wholeBytes + (sampled - wholes) * floatBytes) / sampled);
}

/** Notes for numbers to be left from this segment on; undefined where they must be packed: they are left as this machine has them. */
export function looseFrom(segment: number): LooseNumbers | undefined {
  return HOST_IS_LITTLE_ENDIAN ? new LooseNumbers(segment) : undefined;
}

/** Writes the numbers of a column, packed or as they are. */
export function writeColumn(out: GraphWriter, numbers: Float64Array, start: number, count: number): void {
  if (out.loose && count >= LEAST_LOOSE) out.loose.leave(out, numbers, start, count);
  else packNumbers(out, numbers, start, count);
}

/** As {@link writeColumn}, of numbers that are whole, and none of which is -0. */
export function writeIntegers(out: GraphWriter, numbers: Float64Array, start: number, count: number): void {
  if (out.loose && count >= LEAST_LOOSE) out.loose.leave(out, numbers, start, count);
  else packIntegers(out, numbers, start, count);
}

/** The same payload with all numbers packed. What it was may be written over. */
export function packLoose(payload: SegmentedPayload): SegmentedPayload {
  const { loose, outline, owned } = payload;
  if (loose === undefined) return payload;
  const segments = [...segmentsOf(payload)];
  for (let at = 0; at < loose.length; ) {
    const [index = 0, count = 0] = loose.subarray(at, at + 2);
    const notes = loose.subarray(at + 2, at + 2 + NOTE_LENGTH * count);
    const segment = segments[index];
    if (segment && count > 0) segments[index] = packSegment(segment, notes);
    at += 2 + notes.length;
  }
  return { slabs: segments, owned, lengths: Uint32Array.from(segments, ({ length }) => length), outline };
}

const numbers = new Float64Array(RUN_NUMBERS);
const numberBytes = new Uint8Array(numbers.buffer);

function packSegment(segment: Uint8Array, notes: Uint32Array): Uint8Array {
  const { buffer, byteOffset, length } = segment;
  const start = length - new DataView(buffer, byteOffset).getUint32(OPS_LENGTH_AT, true);
  const out = new GraphOps();
  /** Where the batches begin that have not ended: one may be in another's values. */
  const batches: number[] = [];
  let from = start;
  for (let note = 0; note < notes.length; note += NOTE_LENGTH) {
    const [what, position = 0, amount = 0] = notes.subarray(note, note + NOTE_LENGTH);
    const at = start + position;
    out.bytes(segment.subarray(from, at));
    from = at;
    if (what === NOTES.batch) batches.push(out.position);
    else if (what === NOTES.end) out.pad(batches.pop() ?? 0, amount);
    else {
      from += 1 + LOOSE_BYTES * amount;
      numberBytes.set(segment.subarray(at + 1, from));
      packNumbers(out, numbers, 0, amount);
    }
  }
  out.bytes(segment.subarray(from));
  const packed = withOps(segment, start, out.written);
  out.letGo();
  return packed;
}

/** The segment with other ops, which begin where its own do: in its own memory where there is room. */
function withOps(segment: Uint8Array, start: number, ops: Uint8Array): Uint8Array {
  const length = start + ops.length;
  // A column of which a sample misled the packing may have grown.
  const target = length <= segment.length ? segment.subarray(0, length) : new Uint8Array(length);
  if (length > segment.length) target.set(segment.subarray(0, start));
  target.set(ops, start);
  new DataView(target.buffer, target.byteOffset).setUint32(OPS_LENGTH_AT, ops.length, true);
  return target;
}
