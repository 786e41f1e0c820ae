import { keepShape } from '../kept-shapes.js';
import { type BatchPlan, planFor } from './columns-plans.js';
import type { ColumnWalk, WalkResult } from './columns-walk.js';
import { BatchWriter, type WriteValues } from './columns-writer.js';
import { isRecord } from './graph-shapes.js';
import type { GraphWriter } from './graph-writer.js';
import { encodingOf } from './text.js';

/** Fewer rows are not worth a batch. */
export const LEAST_ROWS = 24;
/**
 * Bytes that a batch is to have at most, about: a string that a caller keeps may keep the characters of all. Where a segment of
 * 64 KB has no more room than that, one batch fills it.
 */
const BATCH_BYTES = 65_536;
/** Longer rows are copied at memory speed one by one: so few of them as a batch has at least would be a long piece of work. */
const LONGEST_ROW = BATCH_BYTES / LEAST_ROWS;
/** Rows that are written without a plan after one that it did not foresee; twice as many each time. */
const FIRST_PAUSE = 1;
const LONGEST_PAUSE = 1_024;

/** A batch of fewer rows, before one that is not as planned, is not written as one. */
const LEAST_BATCH = 8;

/** Whether a walk is under way on this thread: a getter of the caller's may encode something else meanwhile. */
let isWalking = false;

/** Batches of the elements of one array, in as many segments as it takes. */
export class Batches {
  readonly #rows: readonly unknown[];
  #plan: BatchPlan | undefined;
  #next: number;
  #pause = FIRST_PAUSE;
  /** Where rows too long for a batch begin, and what the segment's size was then. */
  #long: { readonly from: number; readonly size: number } | undefined;

  constructor(rows: readonly unknown[], from: number) {
    this.#rows = rows;
    this.#next = from;
  }

  /**
   * To be called before the first row that is written to a segment, the one at `from`. The plan of the segment before goes on where
   * it knows such rows.
   */
  begin(from: number): void {
    this.#long = undefined;
    const first = this.#rows[from];
    if (!isRecord(first)) this.#plan = undefined;
    else if (!this.#plan?.knows(first)) this.#plan = planFor(first);
    this.#plan?.meet();
  }

  /** Writes the rows from `from` on as a batch. How many there are in it; 0 where the next one is to be written by itself. */
  write(from: number, room: number, out: GraphWriter, writeValues: WriteValues): number {
    const rows = this.#rows;
    const plan = this.#plan;
    const left = rows.length - from;
    if (plan === undefined || from < this.#next || left < LEAST_ROWS || isWalking) return 0;
    const walk = plan.prepare(rows, from);
    if (walk === undefined) {
      this.#plan = undefined;
      return 0;
    }
    if (plan.rowBytes > LONGEST_ROW && this.#isLong(plan, from, out.size)) return 0;
    const wanted = Math.min(
      left,
      Math.ceil(walk.places.rows / plan.rowValues),
      Math.max(LEAST_ROWS, Math.ceil(Math.min(room, BATCH_BYTES) / plan.rowBytes)),
    );
    isWalking = true;
    try {
      return this.#batch({ plan, walk, from, to: from + wanted, out, writeValues });
    } finally {
      isWalking = false;
    }
  }

  /** Whether rows are too long still, going by those that were written one by one. */
  #isLong(plan: BatchPlan, from: number, size: number): boolean {
    this.#long ??= { from, size };
    const rows = from - this.#long.from;
    if (rows < LEAST_BATCH) return true;
    plan.rowBytes = (size - this.#long.size) / rows;
    this.#long = undefined;
    return plan.rowBytes > LONGEST_ROW;
  }

  #batch({ plan, walk, from, to, out, writeValues }: Attempt): number {
    let { rows, result } = walk.run(this.#rows, from, to);
    const stopped = from + rows;
    const { overflowed, isFull } = result;
    if (rows > 0) plan.sawValues(result.most / rows);
    // What had been read of the row that is not as planned goes by reading the rows before it once more.
    if (stopped < to && rows > 0) ({ rows, result } = walk.run(this.#rows, from, stopped));
    const written = from + rows === stopped && rows >= LEAST_BATCH ? rows : 0;
    if (written > 0) {
      const before = out.size;
      const shared = sharedText(plan, walk, result);
      const { root, schema } = plan;
      new BatchWriter(out, writeValues, { root, schema, walk, result, shared, rows }).write();
      // Without what every batch takes, however many rows it has.
      plan.rowBytes = Math.max(1, (out.size - before - schema.length) / rows);
    }
    if (stopped < to && !isFull) this.#stop(plan, walk, { stopped, overflowed, isShort: rows < LEAST_ROWS });
    return written;
  }

  /** A row was not as planned, or there was no room for it. */
  #stop(plan: BatchPlan, walk: ColumnWalk, { stopped, overflowed, isShort }: Stop): void {
    this.#pause = isShort ? Math.min(2 * this.#pause, LONGEST_PAUSE) : FIRST_PAUSE;
    this.#next = stopped + (isShort ? this.#pause : 0);
    if (overflowed >= 0) {
      const column = walk.places.textColumns[overflowed];
      if (column) column.overflowed = true;
    }
    plan.misfit(this.#rows, stopped);
  }
}

interface Attempt {
  readonly plan: BatchPlan;
  readonly walk: ColumnWalk;
  readonly from: number;
  readonly to: number;
  readonly out: GraphWriter;
  readonly writeValues: WriteValues;
}

interface Stop {
  /** The row that came too early. */
  readonly stopped: number;
  readonly overflowed: number;
  /** Whether there were but a few rows before it. */
  readonly isShort: boolean;
}

/** The characters of all columns that Latin-1 holds; each other one is told apart from now on. */
function sharedText(plan: BatchPlan, { places }: ColumnWalk, { texts }: WalkResult): string {
  const columns = places.textColumns;
  const join = () =>
    columns.reduce((text, { wide }, index) => (wide ? text : text + (texts[index] ?? '')), '');
  const shared = join();
  if (encodingOf(shared).name === 'latin1') return shared;
  for (const [index, column] of columns.entries()) {
    if (encodingOf(texts[index] ?? '').name !== 'latin1') column.wide = true;
  }
  plan.describe();
  return join();
}

keepShape(new Batches([], 0));
