import { BATCH_COLUMNS } from './columns-format.js';
import { type KeyNode, keyNodesOf } from './columns-keys.js';
import { CELLS, ColumnPlaces, LEAST_CAPACITY } from './columns-places.js';
import type { SetPlan } from './columns-plan.js';
import { WalkSource } from './columns-walk-source.js';
import { compileFunction } from './generated-code.js';
import { isSmall } from './small-value.js';

/** What a walk has read of some rows, beside the numbers and bits in the thread's memory. */
export interface WalkResult {
  /** The characters of each column of strings. */
  readonly texts: string[];
  /** The strings of each dictionary, by the order in which they came. */
  readonly tables: ReadonlyMap<string, number>[];
  readonly values: unknown[][];
  /** The dictionary that had no room for a string; -1 where none. */
  overflowed: number;
  /** Whether a list had no room for the elements of the next row. */
  isFull: boolean;
  /** Values of the longest column. */
  most: number;
}

type Walk = (rows: readonly unknown[], from: number, to: number, out: WalkResult) => number;

/** What walks write to; one for the thread. */
export interface WalkMemory {
  readonly numbers: Float64Array;
  /** The same memory, two to a number. */
  readonly integers: Int32Array;
  readonly bits: Uint8Array;
}

const NO_TABLE: ReadonlyMap<string, number> = new Map();
let memory: WalkMemory | undefined;

function createMemory(): WalkMemory {
  const numbers = new Float64Array(CELLS);
  return { numbers, integers: new Int32Array(numbers.buffer), bits: new Uint8Array(CELLS) };
}

/** Reads rows of a plan into columns, by code that is generated for the plan. */
export class ColumnWalk {
  readonly places: ColumnPlaces;
  readonly memory: WalkMemory;
  readonly #walk: Walk;

  private constructor(places: ColumnPlaces, memory: WalkMemory, walk: Walk) {
    this.places = places;
    this.memory = memory;
    this.#walk = walk;
  }

  /** Undefined where the process forbids generated code, or there are too many columns. */
  static compile(root: SetPlan): ColumnWalk | undefined {
    memory ??= createMemory();
    const places = new ColumnPlaces(root);
    if (places.columns > BATCH_COLUMNS || places.rows < LEAST_CAPACITY) return undefined;
    const source = new WalkSource(places);
    const body = source.body(root);
    const names = source.sets.map((_, number) => `k${number}`);
    const keys: KeyNode[] = source.sets.map(keyNodesOf);
    const factory = compileFunction(
      ['F', 'I', 'B', 'objectPrototype', 'arrayPrototype', 'getTime', 'isSmall', ...names],
      `return function walkRows(rows, from, to, out) {\n${body}\n};`,
    ) as ((...args: unknown[]) => Walk) | undefined;
    const walk = factory?.(
      memory.numbers,
      memory.integers,
      memory.bits,
      Object.prototype,
      Array.prototype,
      Date.prototype.getTime,
      isSmall,
      ...keys,
    );
    return walk && new ColumnWalk(places, memory, walk);
  }

  /** Reads rows until one is not as planned. How many it has read. */
  run(rows: readonly unknown[], from: number, to: number): { rows: number; result: WalkResult } {
    const { textColumns, values: lists } = this.places;
    const tables: ReadonlyMap<string, number>[] = [];
    for (const { written } of textColumns) tables.push(written === 'dictionary' ? new Map() : NO_TABLE);
    const values: unknown[][] = [];
    for (let list = 0; list < lists; list++) values.push([]);
    const result: WalkResult = { texts: [], tables, values, overflowed: -1, isFull: false, most: 0 };
    return { rows: this.#walk(rows, from, to, result), result };
  }
}
