import { BATCH_ROWS } from './columns-format.js';
import type { ColumnPlan, SetPlan } from './columns-plan.js';

/** Cells of a thread's memory for columns of numbers, and of its memory for columns of bits. */
export const CELLS = 65_536;

/** Rows of which a batch must have room. */
export const LEAST_CAPACITY = 64;
/** Cells of a line of the processor's cache: 64 bytes. */
const LINE_CELLS = 8;

/** Where a column's values go; -1 where it has none of that sort. */
export interface ColumnPlace {
  /** Of its numbers, or its bits: the number of the column in the memory of that sort. Strings and lists have lengths. */
  readonly cells: number;
  /** Of the bits that tell what is not null. */
  readonly mask: number;
  /** Of its characters, or of its other values: their place in a list of texts or values. */
  readonly list: number;
}

/** Gives each column of a plan its place in the memory that a walk over rows writes to. */
export class ColumnPlaces {
  readonly #columns = new Map<ColumnPlan, ColumnPlace>();
  readonly #shapes = new Map<SetPlan, number>();
  #numbers = 0;
  #bits = 0;
  readonly #texts: ColumnPlan[] = [];
  #values = 0;

  /**
   * Cells from the beginning of one column to that of the next: a multiple of 8 that is not one of 16, where there is room for that. As a
   * power of two it would have put the next value of each column into the same few lines of the processor's cache.
   */
  readonly stride: number;
  /** Most values of a column. */
  readonly rows: number;

  constructor(root: SetPlan) {
    this.#placeSet(root);
    const columns = Math.max(1, this.#numbers, this.#bits);
    const most = Math.min(BATCH_ROWS + LINE_CELLS, Math.floor(CELLS / columns));
    const lines = Math.floor(most / LINE_CELLS);
    const isOdd = lines % 2 === 1 || LINE_CELLS * (lines - 1) < LEAST_CAPACITY;
    this.stride = LINE_CELLS * (isOdd ? lines : lines - 1);
    this.rows = Math.min(BATCH_ROWS, this.stride);
  }

  /** How many columns and sets there are: those that a schema counts. */
  get columns(): number {
    return this.#columns.size + this.#shapes.size;
  }

  /** The columns that have characters, by their place in the list of texts. */
  get textColumns(): readonly ColumnPlan[] {
    return this.#texts;
  }

  /** How many columns have values of any kind. */
  get values(): number {
    return this.#values;
  }

  of(column: ColumnPlan): ColumnPlace {
    return this.#columns.get(column) as ColumnPlace;
  }

  /** Among the numbers: which shape each record has. -1 where there is only one. */
  ofShapes(set: SetPlan): number {
    return this.#shapes.get(set) as number;
  }

  #placeSet(set: SetPlan): void {
    this.#shapes.set(set, set.shapes.length > 1 ? this.#numbers++ : -1);
    for (const column of set.columns.values()) this.#placeColumn(column);
  }

  #placeColumn(column: ColumnPlan): void {
    const mask = column.isMasked ? this.#bits++ : -1;
    let cells = -1;
    let list = -1;
    switch (column.written) {
      case 'number':
      case 'date':
      case 'list':
      case 'object':
        cells = this.#numbers++;
        break;
      case 'boolean':
        cells = this.#bits++;
        break;
      case 'string':
      case 'dictionary':
        cells = this.#numbers++;
        list = this.#texts.push(column) - 1;
        break;
      case 'any':
        list = this.#values++;
        break;
      default:
    }
    this.#columns.set(column, { cells, mask, list });
    if (column.written === 'record') this.#placeSet(column.set);
    else if (column.written === 'list') this.#placeColumn(column.item);
    else if (column.written === 'object') {
      this.#placeColumn(column.names);
      this.#placeColumn(column.item);
    }
  }
}
