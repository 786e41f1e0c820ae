/** Cells of memory that are kept for the next batch. */
const KEPT_CELLS = 1 << 18;
const FIRST_CELLS = 1 << 14;

/** The columns of one batch as they have been read, by the numbers of the columns. */
export class ColumnData {
  /** Numbers and dates. */
  numbers = new Float64Array(FIRST_CELLS);
  /** Lengths, numbers of shapes, places in dictionaries. */
  integers = new Int32Array(FIRST_CELLS);
  /** Booleans, and which values are not null: 1 or 0. */
  bits = new Uint8Array(FIRST_CELLS);
  /** Where a column's next value is: among the numbers, integers, bits or values. */
  at = new Int32Array(0);
  /** Where its next bit is, of those that tell what is not null. */
  mask = new Int32Array(0);
  /** Where its next characters are. */
  from = new Int32Array(0);
  texts: string[] = [];
  tables: (readonly string[])[] = [];
  values: (readonly unknown[])[] = [];
  #numbers = 0;
  #integers = 0;
  #bits = 0;

  /** Begins a batch of so many columns. */
  begin(columns: number): void {
    this.#numbers = 0;
    this.#integers = 0;
    this.#bits = 0;
    this.at = new Int32Array(columns);
    this.mask = new Int32Array(columns);
    this.from = new Int32Array(columns);
    this.texts = new Array<string>(columns).fill('');
    this.tables = [];
    this.values = [];
  }

  /** What is left of a batch must not stay in memory. */
  end(): void {
    this.texts = [];
    this.tables = [];
    this.values = [];
    if (this.numbers.length > KEPT_CELLS) this.numbers = new Float64Array(FIRST_CELLS);
    if (this.integers.length > KEPT_CELLS) this.integers = new Int32Array(FIRST_CELLS);
    if (this.bits.length > KEPT_CELLS) this.bits = new Uint8Array(FIRST_CELLS);
  }

  /** Room for so many numbers: where they begin. */
  claimNumbers(count: number): number {
    const start = this.#numbers;
    this.#numbers += count;
    if (this.#numbers > this.numbers.length) {
      const grown = new Float64Array(2 * this.#numbers);
      grown.set(this.numbers);
      this.numbers = grown;
    }
    return start;
  }

  claimIntegers(count: number): number {
    const start = this.#integers;
    this.#integers += count;
    if (this.#integers > this.integers.length) {
      const grown = new Int32Array(2 * this.#integers);
      grown.set(this.integers);
      this.integers = grown;
    }
    return start;
  }

  claimBits(count: number): number {
    const start = this.#bits;
    this.#bits += count;
    if (this.#bits > this.bits.length) {
      const grown = new Uint8Array(2 * this.#bits);
      grown.set(this.bits);
      this.bits = grown;
    }
    return start;
  }
}
