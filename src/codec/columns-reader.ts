import type { ReadColumns } from './columns-data.js';
import { readRows } from './columns-interpreter.js';
import { readSource } from './columns-read-source.js';
import { type BatchSchema, parseSchema, type SetSchema } from './columns-schema.js';
import { setField } from './graph-parts.js';
import { makingCode } from './making-code.js';
import { NamedCache } from './named-cache.js';
import { ownText } from './text.js';
import type { Allocation } from './young-values.js';

/** Readers kept at a time of each allocation, over the whole thread. */
const KEPT_READERS = 256;
/** A longer schema gets a reader that is not kept. */
const KEPT_SCHEMA_CHARACTERS = 16_384;
/** Rows of a schema that are read without generated code, before that is worth its compilation. */
const ROWS_BEFORE_COMPILING = 256;

/** Where rows go: an array, the index of the first, and how many. */
export interface RowTarget {
  readonly rows: unknown[];
  readonly at: number;
  readonly count: number;
}

export type ReadRows = (data: ReadColumns, rows: unknown[], at: number, count: number) => void;

/** Makes the rows of batches of one schema. */
export class BatchReader {
  readonly #schema: BatchSchema;
  readonly #allocation: Allocation;
  #compiled: ReadRows | undefined;
  #rows = 0;

  constructor(schema: BatchSchema, allocation: Allocation) {
    this.#schema = schema;
    this.#allocation = allocation;
  }

  get root(): SetSchema {
    return this.#schema.root;
  }

  /** How deep its rows are, each of which is one level itself. */
  get levels(): number {
    return this.#schema.levels;
  }

  /** How many columns have numbers. */
  get columns(): number {
    return this.#schema.columns;
  }

  read(data: ReadColumns, { rows, at, count }: RowTarget): void {
    if (this.#compiled) {
      this.#compiled(data, rows, at, count);
      return;
    }
    const before = this.#rows;
    this.#rows += count;
    // Once: where the process forbids generated code, it does so for good.
    if (before < ROWS_BEFORE_COMPILING && this.#rows >= ROWS_BEFORE_COMPILING) {
      const making = makingCode(this.#allocation);
      this.#compiled = making.compile({ setField }, readSource(this.root, making)) as ReadRows | undefined;
    }
    readRows(data, this.root, { rows, at, count });
  }
}

const readers = {
  young: new NamedCache<BatchReader>(KEPT_READERS, KEPT_SCHEMA_CHARACTERS),
  learned: new NamedCache<BatchReader>(KEPT_READERS, KEPT_SCHEMA_CHARACTERS),
};

/** The reader for a schema, shared by all payloads of this thread; undefined where it is not one that an encoder writes. */
export function batchReaderOf(schema: string, allocation: Allocation): BatchReader | undefined {
  const known = readers[allocation].get(schema);
  if (known) return known;
  // The schema is a piece of a bundle.
  const own = ownText(schema);
  const parsed = parseSchema(own);
  if (parsed === undefined) return undefined;
  return readers[allocation].keep(own, new BatchReader(parsed, allocation));
}
