import { ColumnData, type ReadColumns } from './columns-data.js';
import { BATCH_ROWS, CELLS_PER_BYTE, leastBytes, RUN_NUMBERS, TUPLE_NUMBERS } from './columns-format.js';
import type { BatchMemo } from './columns-memo.js';
import { batchReaderOf } from './columns-reader.js';
import type { ColumnSchema, SetSchema } from './columns-schema.js';
import { type IntegerRun, isFloatForm, unpackBits, unpackIntegers, unpackNumbers } from './columns-unpack.js';
import { GraphCursor, Undecodable } from './graph-cursor.js';
import { PENDING } from './graph-parts.js';
import { type Allocation, listsOf } from './young-values.js';

/** One for the thread: nothing of a caller's runs while a batch is read. */
const data = new ColumnData();
const run = new Float64Array(RUN_NUMBERS);
/** For whole numbers, which are to come back as what the engine has for them. */
const shortRun = new Int32Array(RUN_NUMBERS);
/** Of what {@link data} has got last. */
const integers: IntegerRun = { end: 0, sum: 0, largest: 0 };

/** Reads batches. */
export abstract class ColumnCursor extends GraphCursor {
  /** Of the segment in {@link #viewed}: made where it is first needed, since most segments have neither batches nor numbers. */
  #view: DataView | undefined;
  #viewed: Uint8Array | undefined;
  #start = 0;
  #cells = 0;
  #shared = '';
  /** How far the columns so far have used the characters that they share. */
  #sharedAt = 0;
  /** Bytes in memory of the texts of a batch. */
  #textBytes = 0;
  /** Batches before the next one. */
  #batches = 0;
  /** No batch is in another. */
  #isReading = false;

  /** How objects are made. */
  protected abstract allocation: Allocation;
  /** Batches of the same payload that were read before, or are to be kept. */
  protected abstract readonly memo: BatchMemo | undefined;

  /** The next value; {@link PENDING} where the segment ends before it does. */
  abstract value(): unknown;

  /** Reads the batch that begins behind its tag, of at most so many rows, into an array. How many there are. */
  protected batch(rows: unknown[], at: number, most: number): number {
    const count = this.count();
    if (this.#isReading || count === 0 || count > most || count > BATCH_ROWS) throw new Undecodable();
    const reader = batchReaderOf(this.string(), this.allocation);
    if (reader === undefined) throw new Undecodable();
    this.allowance.levels(reader.levels);
    const known = this.memo?.isComplete ? this.memo.batch(this.#batches++) : undefined;
    if (known) {
      this.skipBundles(known.bundles);
      this.position = known.end;
      reader.read(again(known.columns), { rows, at, count });
      return count;
    }
    const bundles = this.bundlesTaken;
    this.#shared = this.takeBundle();
    this.#sharedAt = 0;
    this.#textBytes = this.#shared.length;
    this.#start = this.position;
    this.#cells = 0;
    data.begin(reader.columns);
    this.#isReading = true;
    this.#set(reader.root, count);
    this.#isReading = false;
    if (this.#sharedAt !== this.#shared.length) throw new Undecodable();
    this.position = Math.max(this.position, this.#start + leastBytes(count, this.#cells));
    if (this.position > this.limit) throw new Undecodable();
    if (this.memo?.isComplete === false) this.#keep(this.memo, reader.columns, bundles);
    reader.read(data, { rows, at, count });
    data.end();
    this.#shared = '';
    return count;
  }

  /** Not where it has values of any kind: those would be shared. */
  #keep(memo: BatchMemo, columns: number, before: number): void {
    const bundles = this.bundlesTaken - before;
    const isPlain = data.values.length === 0;
    const end = this.position;
    memo.add(isPlain ? { columns: data.copy(columns), bundles, textBytes: this.#textBytes, end } : undefined);
  }

  /** Reads the numbers that begin behind their tag, of which there are at most so many. How many there are. */
  protected numbers(items: unknown[], at: number, most: number): number {
    const count = this.count();
    if (count === 0 || count > most || count > RUN_NUMBERS) throw new Undecodable();
    const start = this.position;
    if (start + count > this.limit) throw new Undecodable();
    const end = unpackNumbers({
      bytes: this.bytes,
      view: this.#segment(),
      position: start,
      target: run,
      start: 0,
      count,
    });
    this.position = Math.max(end, start + count);
    if (end < 0 || this.position > this.limit) throw new Undecodable();
    for (let index = 0; index < count; index++) items[at + index] = run[index];
    return count;
  }

  /** Reads the lists of numbers that begin behind their tag, of which there are at most so many. How many there are. */
  protected tuples(items: unknown[], at: number, most: number): number {
    const count = this.count();
    const kind = this.count();
    const width = kind >>> 1;
    const numbers = (kind & 1) === 1 ? shortRun : run;
    if (count === 0 || count > most || width === 0 || width > TUPLE_NUMBERS) throw new Undecodable();
    const total = count * width;
    const start = this.position;
    const least = start + leastBytes(count, total);
    if (total > RUN_NUMBERS || least > this.limit) throw new Undecodable();
    this.allowance.levels(1);
    this.allowance.items(total);
    const { bytes } = this;
    const view = this.#segment();
    let end = start;
    for (let column = 0; column < total && end >= 0; column += count)
      end = unpackNumbers({ bytes, view, position: end, target: numbers, start: column, count });
    this.position = Math.max(end, least);
    if (end < 0 || this.position > this.limit) throw new Undecodable();
    listsOf(this.allocation, { numbers, width, count }, items, at);
    return count;
  }

  /** A number like those that begin at their tag. */
  protected numbersLike(): number {
    let at = this.position + 1;
    // Behind their count.
    while (((this.bytes[at++] as number) & 0x80) !== 0);
    return isFloatForm(this.bytes, at) ? 0.5 : 0;
  }

  #segment(): DataView {
    const { bytes } = this;
    if (this.#view === undefined || this.#viewed !== bytes) {
      this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
      this.#viewed = bytes;
    }
    return this.#view;
  }

  #set(set: SetSchema, count: number): void {
    this.#announce(count);
    if (set.shapes.length === 1) {
      for (const column of set.columns) this.#column(column, count);
      return;
    }
    const start = this.#integers(count);
    if (count > 0 && integers.largest >= set.shapes.length) throw new Undecodable();
    data.at[set.id] = start;
    const counts = new Int32Array(set.columns.length);
    for (let index = start; index < start + count; index++) {
      for (const column of set.shapes[data.integers.array[index] as number] ?? [])
        counts[column] = (counts[column] as number) + 1;
    }
    for (const [index, column] of set.columns.entries()) this.#column(column, counts[index] as number);
  }

  #column(column: ColumnSchema, values: number): void {
    this.#announce(values);
    const { id, kind, isMasked, isWide, set, item, names } = column;
    let count = values;
    if (isMasked) {
      const { start, set } = this.#bits(values);
      data.mask[id] = start;
      count = set;
    }
    switch (kind) {
      case 'number':
      case 'date':
        data.at[id] = this.#numbers(count);
        break;
      case 'boolean':
        data.at[id] = this.#bits(count).start;
        break;
      case 'string': {
        const own = isWide ? this.#wideText() : undefined;
        data.at[id] = this.#integers(count);
        data.from[id] = this.#characters(own);
        data.texts[id] = own ?? this.#shared;
        break;
      }
      case 'dictionary': {
        const own = isWide ? this.#wideText() : undefined;
        const table = this.#table(own);
        data.tables[id] = table;
        data.at[id] = this.#integers(count);
        if (count > 0 && integers.largest >= table.length) throw new Undecodable();
        break;
      }
      case 'list':
      case 'object': {
        data.at[id] = this.#integers(count);
        const items = integers.sum;
        if (names) this.#column(names, items);
        if (item) this.#column(item, items);
        break;
      }
      case 'record':
        if (set) this.#set(set, count);
        break;
      case 'any':
        data.at[id] = 0;
        data.values[id] = this.#values(count);
        break;
      default:
    }
  }

  #wideText(): string {
    const text = this.takeBundle();
    this.#textBytes += 2 * text.length;
    return text;
  }

  /** The strings of a dictionary. */
  #table(own: string | undefined): string[] {
    const count = this.count();
    this.#announce(count);
    const start = this.#integers(count);
    let from = this.#characters(own);
    const text = own ?? this.#shared;
    const table: string[] = [];
    for (let index = start; index < start + count; index++) {
      const to = from + (data.integers.array[index] as number);
      table.push(text.slice(from, to));
      from = to;
    }
    return table;
  }

  #values(count: number): unknown[] {
    const values: unknown[] = [];
    for (let index = 0; index < count; index++) {
      const value = this.value();
      if (value === PENDING) throw new Undecodable();
      values.push(value);
    }
    return values;
  }

  /** Where the strings begin whose lengths were just read: in a text of their own, all of which they must be, or in that of the batch. */
  #characters(own: string | undefined): number {
    const { sum: count, largest } = integers;
    const from = own === undefined ? this.#sharedAt : 0;
    if (own === undefined) {
      this.#sharedAt += count;
      if (this.#sharedAt > this.#shared.length) throw new Undecodable();
    } else if (own.length !== count) throw new Undecodable();
    // Of lengths that can be: others are no string that is too long.
    this.allowance.string(largest);
    return from;
  }

  /** Cells that are announced must be few enough for the bytes that are left. */
  #announce(cells: number): void {
    this.#cells += cells;
    if (this.#cells > CELLS_PER_BYTE * (this.limit - this.#start)) throw new Undecodable();
    this.allowance.items(cells);
  }

  #numbers(count: number): number {
    const start = data.numbers.claim(count);
    const target = data.numbers.array;
    const { bytes, position } = this;
    this.position = unpackNumbers({ bytes, view: this.#segment(), position, target, start, count });
    if (this.position < 0) throw new Undecodable();
    return start;
  }

  /** Whole numbers from 0; {@link integers} says what they come to. */
  #integers(count: number): number {
    const start = data.integers.claim(count);
    const { array: target } = data.integers;
    const { bytes, position } = this;
    unpackIntegers({ bytes, view: this.#segment(), position, target, start, count }, integers);
    this.position = integers.end;
    if (this.position < 0) throw new Undecodable();
    return start;
  }

  #bits(count: number): { start: number; set: number } {
    const start = data.bits.claim(count);
    const { bytes, position } = this;
    const set = unpackBits({ bytes, position, target: data.bits.array, start, count });
    this.position += (count + 7) >> 3;
    return { start, set };
  }
}

/** Columns of which rows are made another time: the places in them are counted up by that. */
function again(columns: ReadColumns): ReadColumns {
  const { at, mask, from } = columns;
  return { ...columns, at: at.slice(), mask: mask.slice(), from: from.slice() };
}
