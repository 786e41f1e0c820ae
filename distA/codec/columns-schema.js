import { BATCH_COLUMNS, BATCH_LEVELS, COLUMN_LETTER, SET_SHAPES } from './columns-format.js';
import { KEY_SEPARATOR, SHAPE_KEYS } from './graph-format.js';
const kinds = new Map(Object.entries(COLUMN_LETTER).map(([kind, letter]) => [letter, kind]));
/** Reads a schema; undefined where it is not one that an encoder writes. */
export function parseSchema(text) {
    return new SchemaParser(text).parse();
}
/** Thrown within this file. */
class Malformed extends Error {
}
class SchemaParser {
    #text;
    #at = 0;
    #columns = 0;
    #levels = 0;
    constructor(text) {
        this.#text = text;
    }
    parse() {
        try {
            const root = this.#set(0);
            return this.#at === this.#text.length
                ? { root, columns: this.#columns, levels: this.#levels + 1 }
                : undefined;
        }
        catch (error) {
            if (error instanceof Malformed)
                return undefined;
            throw error;
        }
    }
    #set(level) {
        const id = this.#number();
        const columns = [];
        const keys = [];
        while (this.#text[this.#at] !== KEY_SEPARATOR) {
            columns.push(this.#column(level));
            keys.push(this.#until());
        }
        this.#at++;
        const shapes = this.#until()
            .split(';')
            .map((shape) => this.#shape(shape, columns.length));
        const fits = keys.length <= SHAPE_KEYS && new Set(keys).size === keys.length && shapes.length <= SET_SHAPES;
        if (!fits)
            throw new Malformed();
        return { id, columns, keys, shapes };
    }
    #column(level) {
        const id = this.#number();
        const isMasked = this.#text[this.#at] === '?';
        if (isMasked)
            this.#at++;
        const letter = this.#text[this.#at++] ?? '';
        const lower = letter.toLowerCase();
        const kind = kinds.get(lower);
        const isWide = letter !== lower;
        const isText = kind === 'string' || kind === 'dictionary';
        const isNested = kind === 'record' || kind === 'list' || kind === 'object';
        if (kind === undefined || (isWide && !isText) || (isNested && level >= BATCH_LEVELS))
            throw new Malformed();
        if (isNested)
            this.#levels = Math.max(this.#levels, level + 1);
        if (isMasked && (kind === 'any' || kind === 'null'))
            throw new Malformed();
        const set = kind === 'record' ? this.#set(level + 1) : undefined;
        const names = kind === 'object' ? this.#names(level + 1) : undefined;
        const item = kind === 'list' || kind === 'object' ? this.#column(level + 1) : undefined;
        return { id, kind, isMasked, isWide, set, item, names };
    }
    #names(level) {
        const names = this.#column(level);
        if ((names.kind !== 'string' && names.kind !== 'dictionary') || names.isMasked)
            throw new Malformed();
        return names;
    }
    #shape(text, columns) {
        const shape = text.split(',').map((place) => {
            const index = Number(place);
            if (String(index) !== place || !Number.isInteger(index) || index < 0 || index >= columns)
                throw new Malformed();
            return index;
        });
        if (new Set(shape).size !== shape.length)
            throw new Malformed();
        return shape;
    }
    #number() {
        if (this.#columns >= BATCH_COLUMNS)
            throw new Malformed();
        return this.#columns++;
    }
    #until() {
        const end = this.#text.indexOf(KEY_SEPARATOR, this.#at);
        if (end < 0)
            throw new Malformed();
        const part = this.#text.slice(this.#at, end);
        this.#at = end + 1;
        return part;
    }
}
