/** Cells of memory that are kept for the next batch. */
const KEPT_CELLS = 1 << 18;
const FIRST_CELLS = 1 << 14;

/** Memory for the columns of one batch after another, which grows as it is claimed. */
class Cells<T extends Float64Array | Int32Array | Uint8Array> {
  readonly #make: (length: number) => T;
  #used = 0;
  /** Another one after the next claim. */
  array: T;

  constructor(make: (length: number) => T) {
    this.#make = make;
    this.array = make(FIRST_CELLS);
  }

  begin(): void {
    this.#used = 0;
  }

  /** What has been claimed, in memory of its own. */
  copy(): { readonly array: T } {
    return { array: this.array.slice(0, this.#used) as T };
  }

  end(): void {
    if (this.array.length > KEPT_CELLS) this.array = this.#make(FIRST_CELLS);
  }

  /** Room for so many cells: where they begin. */
  claim(count: number): number {
    const start = this.#used;
    this.#used += count;
    if (this.#used > this.array.length) {
      const grown = this.#make(2 * this.#used);
      grown.set(this.array);
      this.array = grown;
    }
    return start;
  }
}

/** The columns of one batch, by their numbers, as its rows are made of them. */
export interface ReadColumns {
  readonly numbers: { readonly array: Float64Array };
  readonly integers: { readonly array: Int32Array };
  readonly bits: { readonly array: Uint8Array };
  readonly at: Int32Array;
  readonly mask: Int32Array;
  readonly from: Int32Array;
  readonly texts: readonly string[];
  readonly tables: readonly (readonly string[])[];
  readonly values: readonly (readonly unknown[])[];
}

/** The columns of one batch after another as they have been read. */
export class ColumnData implements ReadColumns {
  /** Numbers and dates. */
  readonly numbers = new Cells((length) => new Float64Array(length));
  /** Lengths, numbers of shapes, places in dictionaries. */
  readonly integers = new Cells((length) => new Int32Array(length));
  /** Booleans, and which values are not null: 1 or 0. */
  readonly bits = new Cells((length) => new Uint8Array(length));
  /** Where a column's next value is: among the numbers, integers, bits or values. */
  at = new Int32Array(0);
  /** Where its next bit is, of those that tell what is not null. */
  mask = new Int32Array(0);
  /** Where its next characters are. */
  from = new Int32Array(0);
  texts: string[] = [];
  tables: (readonly string[])[] = [];
  values: (readonly unknown[])[] = [];

  /** Begins a batch of so many columns. */
  begin(columns: number): void {
    for (const cells of [this.numbers, this.integers, this.bits]) cells.begin();
    this.#forget();
    // What an earlier batch left in these is written over before it is read.
    if (this.at.length >= columns) return;
    this.at = new Int32Array(columns);
    this.mask = new Int32Array(columns);
    this.from = new Int32Array(columns);
  }

  /** The columns of a batch, of so many, in memory of their own. */
  copy(columns: number): ReadColumns {
    const { texts, tables, values } = this;
    return {
      numbers: this.numbers.copy(),
      integers: this.integers.copy(),
      bits: this.bits.copy(),
      at: this.at.slice(0, columns),
      mask: this.mask.slice(0, columns),
      from: this.from.slice(0, columns),
      texts,
      tables,
      values,
    };
  }

  /** What is left of a batch must not stay in memory. */
  end(): void {
    for (const cells of [this.numbers, this.integers, this.bits]) cells.end();
    this.#forget();
  }

  #forget(): void {
    this.texts = [];
    this.tables = [];
    this.values = [];
  }
}
