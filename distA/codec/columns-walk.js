import { BATCH_COLUMNS } from './columns-format.js';
import { keyNodesOf } from './columns-keys.js';
import { CELLS, ColumnPlaces, LEAST_CAPACITY } from './columns-places.js';
import { WalkSource } from './columns-walk-source.js';
import { compileFunction } from './generated-code.js';
import { isSmall } from './small-value.js';
const NO_TABLE = new Map();
let memory;
/** Reads rows of a plan into columns, by code that is generated for the plan. */
export class ColumnWalk {
    places;
    memory;
    #walk;
    constructor(places, memory, walk) {
        this.places = places;
        this.memory = memory;
        this.#walk = walk;
    }
    /** Undefined where the process forbids generated code, or there are too many columns. */
    static compile(root) {
        memory ??= { numbers: new Float64Array(CELLS), bits: new Uint8Array(CELLS) };
        const places = new ColumnPlaces(root);
        if (places.columns > BATCH_COLUMNS || places.rows < LEAST_CAPACITY)
            return undefined;
        const source = new WalkSource(places);
        const body = source.body(root);
        const names = source.sets.map((_, number) => `k${number}`);
        const keys = source.sets.map(keyNodesOf);
        const factory = compileFunction(['F', 'B', 'objectPrototype', 'arrayPrototype', 'getTime', 'isSmall', ...names], `return function (rows, from, to, out) {\n${body}\n};`);
        const walk = factory?.(memory.numbers, memory.bits, Object.prototype, Array.prototype, Date.prototype.getTime, isSmall, ...keys);
        return walk && new ColumnWalk(places, memory, walk);
    }
    /** Reads rows until one is not as planned. How many it has read. */
    run(rows, from, to) {
        const { textColumns, values: lists } = this.places;
        const tables = [];
        for (const { written } of textColumns)
            tables.push(written === 'dictionary' ? new Map() : NO_TABLE);
        const values = [];
        for (let list = 0; list < lists; list++)
            values.push([]);
        const result = { texts: [], tables, values, overflowed: -1, isFull: false, most: 0 };
        return { rows: this.#walk(rows, from, to, result), result };
    }
}
