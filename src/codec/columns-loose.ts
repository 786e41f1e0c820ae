import { NUMBERS, RUN_NUMBERS } from './columns-format.js';
import { integerBytes, isWhole, packIntegers, packNumbers } from './columns-pack.js';
import { OPS_LENGTH_AT } from './graph-format.js';
import { GraphOps } from './graph-ops.js';
import type { GraphWriter } from './graph-writer.js';
import { HOST_IS_LITTLE_ENDIAN } from './host.js';
import { type SegmentedPayload, segmentsOf } from './segments.js';

/** Fewer numbers are packed as fast as they are left. */
const LEAST_LOOSE = 128;
/** Of so many numbers at most it is looked at what they take. */
const SAMPLED = 8;
/** Bytes of a number that is left as it is. */
const LOOSE_BYTES = 8;
/** Of the least of some whole numbers, from which they are counted once they are packed. */
const LEAST_BYTES = 8;
/** Of a float of 32 bits. */
const FLOAT_BYTES = 4;
/** Bytes of numbers that are left, for each character of text beside them. */
const MOST_PER_CHARACTER = 2;
/**
 * Bytes that a number takes at least, once it is packed, to be left where there is little text: of one byte each, several times as much
 * was handed over, and all threads took longer than for packing.
 */
const LEAST_ALONE = 4;
/**
 * What is noted of a segment: so many numbers begin here, of which one form is written, and of which all may be known to be whole; a
 * batch begins, or ends, of at least so many bytes.
 */
const NOTES = { numbers: 0, integers: 1, batch: 2, end: 3 } as const;
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

  /**
   * Writes numbers as they are. False, and nothing written, where packing them is as cheap, of a few and of floats of 64 bits; and where
   * they take fewer bytes each than {@link LEAST_ALONE}, but for text beside them.
   */
  leave(out: GraphWriter, numbers: Float64Array, column: Column, isBesideText = false): boolean {
    const { start, count, areWhole } = column;
    const bytes = count < LEAST_LOOSE ? LOOSE_BYTES : packedBytes(numbers, column);
    if (bytes === LOOSE_BYTES || (!isBesideText && bytes < LEAST_ALONE)) return false;
    this.#note(areWhole ? NOTES.integers : NOTES.numbers, out.position, count);
    const at = out.claim(1 + LOOSE_BYTES * count);
    out.ops[at] = NUMBERS.f64;
    out.ops.set(new Uint8Array(numbers.buffer, LOOSE_BYTES * start, LOOSE_BYTES * count), at + 1);
    this.bytes += LOOSE_BYTES * count;
    this.#spared += (LOOSE_BYTES - bytes) * count - LEAST_BYTES;
    return true;
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

/** Some numbers among others. */
export interface Column {
  readonly start: number;
  readonly count: number;
  /** Whether all are known to be whole, and none of them is -0. */
  readonly areWhole: boolean;
}

/** Bytes that each of some numbers takes once they are packed, going by a few of them. */
function packedBytes(numbers: Float64Array, { start, count }: Column): number {
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

/** Whether there is so much text beside numbers that leaving all of these does not make much more of the whole. */
export function isMostlyText(characters: number, numbers: number): boolean {
  return LOOSE_BYTES * numbers <= MOST_PER_CHARACTER * characters;
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
      const pack = what === NOTES.integers ? packIntegers : packNumbers;
      pack(out, numbers, 0, amount);
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
