import { BATCH_COLUMNS, BATCH_LEVELS, COLUMN_LETTER, type ColumnKind, SET_SHAPES } from './columns-format.js';
import { KEY_SEPARATOR, SHAPE_KEYS } from './graph-format.js';

/** A column as a stored batch describes it. */
export interface ColumnSchema {
  /** Its number in the batch. */
  readonly id: number;
  readonly kind: ColumnKind;
  /** Whether bits tell which of its values are null. */
  readonly isMasked: boolean;
  /** Whether its characters are in a bundle of their own. */
  readonly isWide: boolean;
  readonly set: SetSchema | undefined;
  /** Of lists their elements, of objects their values. */
  readonly item: ColumnSchema | undefined;
  /** Of objects: their keys. */
  readonly names: ColumnSchema | undefined;
}

export interface SetSchema {
  /** Its number among the columns of the batch: which shape each record has is stored like one. */
  readonly id: number;
  readonly columns: readonly ColumnSchema[];
  /** Of the columns. */
  readonly keys: readonly string[];
  /** Which columns the records of each shape have, in the order of their keys. */
  readonly shapes: readonly (readonly number[])[];
}

export interface BatchSchema {
  readonly root: SetSchema;
  /** How many numbers the columns and sets have. */
  readonly columns: number;
  /** How deep the rows are; a record is one level. */
  readonly levels: number;
}

const kinds = new Map<string, ColumnKind>(
  Object.entries(COLUMN_LETTER).map(([kind, letter]) => [letter, kind as ColumnKind]),
);

/** Reads a schema; undefined where it is not one that an encoder writes. */
export function parseSchema(text: string): BatchSchema | undefined {
  return new SchemaParser(text).parse();
}

/** Thrown within this file. */
class Malformed extends Error {}

class SchemaParser {
  readonly #text: string;
  #at = 0;
  #columns = 0;
  #levels = 0;

  constructor(text: string) {
    this.#text = text;
  }

  parse(): BatchSchema | undefined {
    try {
      const root = this.#set(0);
      return this.#at === this.#text.length
        ? { root, columns: this.#columns, levels: this.#levels + 1 }
        : undefined;
    } catch (error) {
      if (error instanceof Malformed) return undefined;
      throw error;
    }
  }

  #set(level: number): SetSchema {
    const id = this.#number();
    const columns: ColumnSchema[] = [];
    const keys: string[] = [];
    while (this.#text[this.#at] !== KEY_SEPARATOR) {
      columns.push(this.#column(level));
      keys.push(this.#until());
    }
    this.#at++;
    const shapes = this.#until()
      .split(';')
      .map((shape) => this.#shape(shape, columns.length));
    const fits =
      keys.length <= SHAPE_KEYS && new Set(keys).size === keys.length && shapes.length <= SET_SHAPES;
    if (!fits) throw new Malformed();
    return { id, columns, keys, shapes };
  }

  #column(level: number): ColumnSchema {
    const id = this.#number();
    const isMasked = this.#text[this.#at] === '?';
    if (isMasked) this.#at++;
    const letter = this.#text[this.#at++] ?? '';
    const lower = letter.toLowerCase();
    const kind = kinds.get(lower);
    const isWide = letter !== lower;
    const isText = kind === 'string' || kind === 'dictionary';
    const isNested = kind === 'record' || kind === 'list' || kind === 'object';
    if (kind === undefined || (isWide && !isText) || (isNested && level >= BATCH_LEVELS))
      throw new Malformed();
    if (isNested) this.#levels = Math.max(this.#levels, level + 1);
    if (isMasked && (kind === 'any' || kind === 'null')) throw new Malformed();
    const set = kind === 'record' ? this.#set(level + 1) : undefined;
    const names = kind === 'object' ? this.#names(level + 1) : undefined;
    const item = kind === 'list' || kind === 'object' ? this.#column(level + 1) : undefined;
    return { id, kind, isMasked, isWide, set, item, names };
  }

  #names(level: number): ColumnSchema {
    const names = this.#column(level);
    if ((names.kind !== 'string' && names.kind !== 'dictionary') || names.isMasked) throw new Malformed();
    return names;
  }

  #shape(text: string, columns: number): number[] {
    const shape = text.split(',').map((place) => {
      const index = Number(place);
      if (String(index) !== place || !Number.isInteger(index) || index < 0 || index >= columns)
        throw new Malformed();
      return index;
    });
    if (new Set(shape).size !== shape.length) throw new Malformed();
    return shape;
  }

  #number(): number {
    if (this.#columns >= BATCH_COLUMNS) throw new Malformed();
    return this.#columns++;
  }

  #until(): string {
    const end = this.#text.indexOf(KEY_SEPARATOR, this.#at);
    if (end < 0) throw new Malformed();
    const part = this.#text.slice(this.#at, end);
    this.#at = end + 1;
    return part;
  }
}
