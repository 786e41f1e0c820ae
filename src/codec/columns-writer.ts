import { keepShape } from '../kept-shapes.js';
import { BATCH_TAG, leastBytes } from './columns-format.js';
import { packBits, packIntegers, packNumbers } from './columns-pack.js';
import { type ColumnPlan, DICTIONARY_ENTRIES, type SetPlan } from './columns-plan.js';
import type { ColumnWalk, WalkResult } from './columns-walk.js';
import { GraphWriter } from './graph-writer.js';

/** Writes values of any kind that are in a batch. */
export type WriteValues = (values: readonly unknown[]) => void;

/** Rows that have been read, and what to write them with. */
export interface BatchContent {
  readonly root: SetPlan;
  readonly schema: string;
  readonly walk: ColumnWalk;
  readonly result: WalkResult;
  /** The characters of all columns of strings that are not wide. */
  readonly shared: string;
  readonly rows: number;
}

/** Of the strings of one dictionary. */
const tableLengths = new Int32Array(DICTIONARY_ENTRIES);

/** Writes the columns of one batch. */
export class BatchWriter {
  readonly #out: GraphWriter;
  readonly #writeValues: WriteValues;
  readonly #content: BatchContent;
  #cells = 0;

  constructor(out: GraphWriter, writeValues: WriteValues, content: BatchContent) {
    this.#out = out;
    this.#writeValues = writeValues;
    this.#content = content;
  }

  write(): void {
    const { root, schema, shared, rows } = this.#content;
    const out = this.#out;
    out.tag(BATCH_TAG);
    out.count(rows);
    out.string(schema);
    out.bundle(shared, { name: 'latin1', bytes: shared.length });
    const start = out.position;
    this.#set(root, rows);
    // So that a reader can hold what is announced against the bytes that are there.
    out.pad(start, leastBytes(rows, this.#cells));
  }

  #set(set: SetPlan, count: number): void {
    this.#cells += count;
    const counts = set.shapes.length > 1 ? this.#shapes(set, count) : undefined;
    for (const column of set.columns.values())
      this.#column(column, counts ? (counts.get(column) ?? 0) : count);
  }

  /** Writes which shape each record has. How many values that makes for each column. */
  #shapes(set: SetPlan, count: number): Map<ColumnPlan, number> {
    const { places, memory } = this.#content.walk;
    const start = 2 * places.ofShapes(set) * places.stride;
    packIntegers(this.#out, memory.integers, start, count);
    const records = new Uint32Array(set.shapes.length);
    for (let index = start; index < start + count; index++) {
      const shape = memory.integers[index] as number;
      records[shape] = (records[shape] as number) + 1;
    }
    const counts = new Map<ColumnPlan, number>();
    for (const [shape, { columns }] of set.shapes.entries()) {
      for (const column of columns)
        counts.set(column, (counts.get(column) ?? 0) + (records[shape] as number));
    }
    return counts;
  }

  #column(column: ColumnPlan, values: number): void {
    this.#cells += values;
    const { places, memory } = this.#content.walk;
    const place = places.of(column);
    let count = values;
    if (place.mask >= 0) count = packBits(this.#out, memory.bits, place.mask * places.stride, values);
    const start = place.cells * places.stride;
    if (column.wide) this.#out.bundle(this.#content.result.texts[place.list] ?? '', undefined);
    switch (column.written) {
      case 'number':
      case 'date':
        packNumbers(this.#out, memory.numbers, start, count);
        break;
      case 'boolean':
        packBits(this.#out, memory.bits, start, count);
        break;
      case 'dictionary':
        this.#table(place.list);
        packIntegers(this.#out, memory.integers, 2 * start, count);
        break;
      case 'string':
        packIntegers(this.#out, memory.integers, 2 * start, count);
        break;
      case 'list': {
        packIntegers(this.#out, memory.integers, 2 * start, count);
        this.#column(column.item, total(memory.integers, 2 * start, count));
        break;
      }
      case 'object': {
        packIntegers(this.#out, memory.integers, 2 * start, count);
        const fields = total(memory.integers, 2 * start, count);
        this.#column(column.names, fields);
        this.#column(column.item, fields);
        break;
      }
      case 'record':
        this.#set(column.set, count);
        break;
      case 'any':
        this.#writeValues(this.#content.result.values[place.list] ?? []);
        break;
      default:
    }
  }

  #table(list: number): void {
    const strings = this.#content.result.tables[list]?.keys() ?? [];
    let count = 0;
    for (const { length } of strings) tableLengths[count++] = length;
    this.#cells += count;
    this.#out.count(count);
    packIntegers(this.#out, tableLengths, 0, count);
  }
}

function total(integers: Int32Array, start: number, count: number): number {
  let sum = 0;
  for (let index = start; index < start + count; index++) sum += integers[index] as number;
  return sum;
}

keepShape(new BatchWriter(new GraphWriter(0), () => {}, {} as BatchContent));
