import { readRows } from './columns-interpreter.js';
import { readSource } from './columns-read-source.js';
import { parseSchema } from './columns-schema.js';
import { setField } from './graph-parts.js';
import { makingCode } from './making-code.js';
import { NamedCache } from './named-cache.js';
import { ownText } from './text.js';
/** Readers kept at a time of each allocation, over the whole thread. */
const KEPT_READERS = 256;
/** A longer schema gets a reader that is not kept. */
const KEPT_SCHEMA_CHARACTERS = 16_384;
/** Rows of a schema that are read without generated code, before that is worth its compilation. */
const ROWS_BEFORE_COMPILING = 256;
/** Makes the rows of batches of one schema. */
export class BatchReader {
    #schema;
    #allocation;
    #compiled;
    #rows = 0;
    constructor(schema, allocation) {
        this.#schema = schema;
        this.#allocation = allocation;
    }
    get root() {
        return this.#schema.root;
    }
    /** How deep its rows are, each of which is one level itself. */
    get levels() {
        return this.#schema.levels;
    }
    /** How many columns have numbers. */
    get columns() {
        return this.#schema.columns;
    }
    read(data, { rows, at, count }) {
        if (this.#compiled) {
            this.#compiled(data, rows, at, count);
            return;
        }
        const before = this.#rows;
        this.#rows += count;
        // Once: where the process forbids generated code, it does so for good.
        if (before < ROWS_BEFORE_COMPILING && this.#rows >= ROWS_BEFORE_COMPILING) {
            const making = makingCode(this.#allocation);
            this.#compiled = making.compile({ setField }, readSource(this.root, making));
        }
        readRows(data, this.root, { rows, at, count });
    }
}
const readers = {
    young: new NamedCache(KEPT_READERS, KEPT_SCHEMA_CHARACTERS),
    learned: new NamedCache(KEPT_READERS, KEPT_SCHEMA_CHARACTERS),
};
/** The reader for a schema, shared by all payloads of this thread; undefined where it is not one that an encoder writes. */
export function batchReaderOf(schema, allocation) {
    const known = readers[allocation].get(schema);
    if (known)
        return known;
    // The schema is a piece of a bundle.
    const own = ownText(schema);
    const parsed = parseSchema(own);
    if (parsed === undefined)
        return undefined;
    return readers[allocation].keep(own, new BatchReader(parsed, allocation));
}
