import { SetPlan } from './columns-plan.js';
import { ColumnWalk } from './columns-walk.js';
import { KEY_SEPARATOR, SHAPE_KEYS } from './graph-format.js';
import { isRecord } from './graph-shapes.js';
import { NamedCache } from './named-cache.js';
/** Plans kept at a time, over the whole thread. */
const KEPT_PLANS = 256;
/** A longer list of keys gets no plan. */
const KEPT_NAME_CHARACTERS = 4_096;
/** Rows that are looked at before a plan is compiled: so many of the first, and so many all over the array. */
const FIRST_ROWS = 16;
const SPREAD_ROWS = 64;
/** Arrays or segments with such records that must have come before. To compile takes as long as to encode 200 rows. */
const MEETINGS_BEFORE_COMPILING = 2;
/** Rows of one array for which it pays at once: written without a plan, they would be slow to read for as long as they are stored. */
const ROWS_FOR_COMPILING = 512;
/** Times that a plan is compiled again because of rows that it did not foresee. */
const MOST_REVISIONS = 8;
/** Compiled plans that have never been used again before the thread doubts that any will. */
const MOST_UNUSED = 32;
/** Then only one in so many candidates is compiled. */
const DOUBTED = 16;
/**
 * Room for elements of lists, by that which the last batch took; and what is remembered of the batches before it. A batch in which they
 * had no room is read twice.
 */
const SPARE_VALUES = 1.25;
const FORGETTING = 0.9;
/** Compiled plans of this thread that have not been used for another array yet. */
let unused = 0;
let candidates = 0;
/** How the records are written whose first one has a certain list of keys. */
export class BatchPlan {
    root = new SetPlan(0);
    #walk;
    #schema = '';
    #meetings = 0;
    #isReused = false;
    #revisions = 0;
    #isUnfit = false;
    /** Bytes that a row takes, about: what was written last says so, and at first a sample. */
    rowBytes = 0;
    #rowValues = 1;
    /** The code that reads such rows; undefined as long as it does not pay, or where it cannot be. */
    prepare(rows, from) {
        if (this.#isUnfit)
            return undefined;
        if (this.#walk === undefined) {
            const isLong = rows.length - from >= ROWS_FOR_COMPILING;
            if (!isLong && ++this.#meetings < MEETINGS_BEFORE_COMPILING)
                return undefined;
            if (unused >= MOST_UNUSED && ++candidates % DOUBTED !== 0)
                return undefined;
            this.#sample(rows, from);
            this.root.settle();
            this.rowBytes = Math.max(1, this.root.bytes);
            this.#compile();
            if (this.#walk)
                unused++;
        }
        return this.#walk;
    }
    /** Values of the longest column, which may be one of the elements of lists, for which a row is to have room. */
    get rowValues() {
        return this.#rowValues;
    }
    /** How many values a row of a batch had in the longest column. */
    sawValues(perRow) {
        this.#rowValues = Math.max(1, perRow * SPARE_VALUES, this.#rowValues * FORGETTING);
    }
    /** Whether it can be of use for records with these keys, in this order. */
    knows(record) {
        return this.#walk !== undefined && this.root.knows(record);
    }
    /** An array of such records begins. */
    meet() {
        if (this.#walk === undefined || this.#isReused)
            return;
        this.#isReused = true;
        unused--;
    }
    get schema() {
        return this.#schema;
    }
    /** The row at `index` is not as planned: the next batch is read by a plan that foresees it, and what else is found behind it. */
    misfit(rows, index) {
        if (this.#revisions >= MOST_REVISIONS)
            return;
        this.#sample(rows, index);
        this.root.settle();
        if (this.root.schema === this.#schema)
            return;
        this.#revisions++;
        this.#compile();
    }
    /** The schema has changed: the characters of a column have. */
    describe() {
        this.#schema = this.root.schema;
    }
    #sample(rows, from) {
        const step = Math.max(1, Math.floor((rows.length - from) / SPREAD_ROWS));
        const first = Math.min(rows.length, from + FIRST_ROWS);
        for (let index = from; index < first; index++)
            this.#absorb(rows[index]);
        for (let index = first; index < rows.length; index += step)
            this.#absorb(rows[index]);
    }
    #absorb(row) {
        if (isRecord(row))
            this.root.absorb(row);
    }
    #compile() {
        this.#walk = this.root.shapes.length > 0 && this.root.isDense ? ColumnWalk.compile(this.root) : undefined;
        this.#isUnfit = this.#walk === undefined;
        this.describe();
    }
}
const plans = new NamedCache(KEPT_PLANS, KEPT_NAME_CHARACTERS);
/** The plan for records that begin with this one; undefined where it can have none. */
export function planFor(first) {
    const keys = Object.keys(first);
    if (keys.length === 0 || keys.length > SHAPE_KEYS)
        return undefined;
    const name = keys.join(KEY_SEPARATOR);
    return plans.get(name) ?? (plans.fits(name) ? plans.keep(name, new BatchPlan()) : undefined);
}
