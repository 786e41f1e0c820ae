/** Cells of memory that are kept for the next batch. */
const KEPT_CELLS = 1 << 18;
const FIRST_CELLS = 1 << 14;
/** Memory for the columns of one batch after another, which grows as it is claimed. */
class Cells {
    #make;
    #used = 0;
    /** Another one after the next claim. */
    array;
    constructor(make) {
        this.#make = make;
        this.array = make(FIRST_CELLS);
    }
    begin() {
        this.#used = 0;
    }
    end() {
        if (this.array.length > KEPT_CELLS)
            this.array = this.#make(FIRST_CELLS);
    }
    /** Room for so many cells: where they begin. */
    claim(count) {
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
/** The columns of one batch as they have been read, by the numbers of the columns. */
export class ColumnData {
    /** Numbers and dates. */
    numbers = new Cells((length) => new Float64Array(length));
    /** Lengths, numbers of shapes, places in dictionaries. */
    integers = new Cells((length) => new Int32Array(length));
    /** Booleans, and which values are not null: 1 or 0. */
    bits = new Cells((length) => new Uint8Array(length));
    /** Where a column's next value is: among the numbers, integers, bits or values. */
    at = new Int32Array(0);
    /** Where its next bit is, of those that tell what is not null. */
    mask = new Int32Array(0);
    /** Where its next characters are. */
    from = new Int32Array(0);
    texts = [];
    tables = [];
    values = [];
    /** Begins a batch of so many columns. */
    begin(columns) {
        for (const cells of [this.numbers, this.integers, this.bits])
            cells.begin();
        this.#forget();
        // What an earlier batch left in these is written over before it is read.
        if (this.at.length >= columns)
            return;
        this.at = new Int32Array(columns);
        this.mask = new Int32Array(columns);
        this.from = new Int32Array(columns);
    }
    /** What is left of a batch must not stay in memory. */
    end() {
        for (const cells of [this.numbers, this.integers, this.bits])
            cells.end();
        this.#forget();
    }
    #forget() {
        this.texts = [];
        this.tables = [];
        this.values = [];
    }
}
