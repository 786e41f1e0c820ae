import { ColumnData } from './columns-data.js';
import { BATCH_ROWS, CELLS_PER_BYTE, leastBytes, RUN_NUMBERS } from './columns-format.js';
import { batchReaderOf } from './columns-reader.js';
import type { ColumnSchema, SetSchema } from './columns-schema.js';
import { unpackBits, unpackIntegers, unpackNumbers } from './columns-unpack.js';
import { GraphCursor, Undecodable } from './graph-cursor.js';
import { PENDING } from './graph-parts.js';

/** One for the thread: nothing of a caller's runs while a batch is read. */
const data = new ColumnData();
const run = new Float64Array(RUN_NUMBERS);

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
  /** No batch is in another. */
  #isReading = false;

  /** The next value; {@link PENDING} where the segment ends before it does. */
  abstract value(): unknown;

  /** Reads the batch that begins behind its tag, of at most so many rows, into an array. How many there are. */
  protected batch(rows: unknown[], at: number, most: number): number {
    const count = this.count();
    if (this.#isReading || count === 0 || count > most || count > BATCH_ROWS) throw new Undecodable();
    const reader = batchReaderOf(this.string());
    if (reader === undefined) throw new Undecodable();
    this.allowance.levels(reader.levels);
    this.#shared = this.takeBundle();
    this.#sharedAt = 0;
    this.#start = this.position;
    this.#cells = 0;
    data.begin(reader.columns);
    this.#isReading = true;
    this.#set(reader.root, count);
    this.#isReading = false;
    if (this.#sharedAt !== this.#shared.length) throw new Undecodable();
    this.position = Math.max(this.position, this.#start + leastBytes(count, this.#cells));
    if (this.position > this.limit) throw new Undecodable();
    reader.read(data, { rows, at, count });
    data.end();
    this.#shared = '';
    return count;
  }

  /** Reads the numbers that begin behind their tag, of which there are at most so many. How many there are. */
  protected numbers(items: unknown[], at: number, most: number): number {
    const count = this.count();
    if (count === 0 || count > most || count > RUN_NUMBERS) throw new Undecodable();
    const start = this.position;
    if (start + count > this.limit) throw new Undecodable();
    const end = unpackNumbers({ view: this.#segment(), position: start, target: run, start: 0, count });
    this.position = Math.max(end, start + count);
    if (end < 0 || this.position > this.limit) throw new Undecodable();
    for (let index = 0; index < count; index++) items[at + index] = run[index];
    return count;
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
    const start = this.#integers(count, set.shapes.length);
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
        const own = isWide ? this.takeBundle() : undefined;
        const start = this.#integers(count, Number.POSITIVE_INFINITY);
        data.at[id] = start;
        data.from[id] = this.#characters(own, this.#lengths(start, count));
        data.texts[id] = own ?? this.#shared;
        break;
      }
      case 'dictionary': {
        const own = isWide ? this.takeBundle() : undefined;
        const table = this.#table(own);
        data.tables[id] = table;
        data.at[id] = this.#integers(count, table.length);
        break;
      }
      case 'list':
      case 'object': {
        const start = this.#integers(count, Number.POSITIVE_INFINITY);
        data.at[id] = start;
        const items = sumOf(start, count);
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

  /** The strings of a dictionary. */
  #table(own: string | undefined): string[] {
    const count = this.count();
    this.#announce(count);
    const start = this.#integers(count, Number.POSITIVE_INFINITY);
    let from = this.#characters(own, this.#lengths(start, count));
    const text = own ?? this.#shared;
    const table: string[] = [];
    for (let index = start; index < start + count; index++) {
      const to = from + (data.integers.array[index] as number);
      table.push(text.slice(from, to));
      from = to;
    }
    return table;
  }

  /** The sum of the lengths of some strings. */
  #lengths(start: number, count: number): number {
    const integers = data.integers.array;
    let sum = 0;
    let longest = 0;
    for (let index = start; index < start + count; index++) {
      const length = integers[index] as number;
      if (length > longest) longest = length;
      sum += length;
    }
    this.allowance.string(longest);
    return sum;
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

  /** Where so many characters begin: in a text of their own, all of which they must be, or in that of the batch. */
  #characters(own: string | undefined, count: number): number {
    if (own !== undefined) {
      if (own.length !== count) throw new Undecodable();
      return 0;
    }
    const from = this.#sharedAt;
    this.#sharedAt += count;
    if (this.#sharedAt > this.#shared.length) throw new Undecodable();
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
    this.position = unpackNumbers({ view: this.#segment(), position: this.position, target, start, count });
    if (this.position < 0) throw new Undecodable();
    return start;
  }

  /** Whole numbers from 0, less than `limit`. */
  #integers(count: number, limit: number): number {
    const start = data.integers.claim(count);
    if (count === 0) return start;
    const integers = data.integers.array;
    const view = this.#segment();
    this.position = unpackIntegers({ view, position: this.position, target: integers, start, count });
    if (this.position < 0) throw new Undecodable();
    // Looked at all together: what is not fit for one is not fit for their union, or above it.
    let union = 0;
    let largest = 0;
    for (let index = start; index < start + count; index++) {
      const integer = integers[index] as number;
      union |= integer;
      if (integer > largest) largest = integer;
    }
    if (union < 0 || largest >= limit) throw new Undecodable();
    return start;
  }

  #bits(count: number): { start: number; set: number } {
    const start = data.bits.claim(count);
    const set = unpackBits({
      view: this.#segment(),
      position: this.position,
      target: data.bits.array,
      start,
      count,
    });
    this.position += (count + 7) >> 3;
    return { start, set };
  }
}

function sumOf(start: number, count: number): number {
  let sum = 0;
  for (let index = start; index < start + count; index++) sum += data.integers.array[index] as number;
  return sum;
}
