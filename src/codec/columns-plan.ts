import { BATCH_LEVELS, COLUMN_LETTER, type ColumnKind, SET_SHAPES } from './columns-format.js';
import { KEY_SEPARATOR, SHAPE_KEYS } from './graph-format.js';
import { isPlain } from './graph-shapes.js';
import { ownText } from './text.js';

/** A longer string makes its record one that no batch takes: it is copied at memory speed without columns. */
export const BATCH_STRING_CHARACTERS = 8_192;
/** Strings of a column that are looked at, to see whether they come again and again. */
const SAMPLED_STRINGS = 64;
/** A column of strings is a dictionary where the sample has so many, and at most one in four of them is another. */
const LEAST_SAMPLED_STRINGS = 16;
/** Most entries of a dictionary. */
export const DICTIONARY_ENTRIES = 255;

/** Strings that are longer on average are stored by themselves. */
const LONG_CHARACTERS = 160;

/** Of a number, a date and whatever is not known, about. */
const NUMBER_BYTES = 4;

/** The least part of all columns that the records of a set have on average. */
const LEAST_FILL = 0.4;

/** What the values of a column have in common, as far as they have been looked at. */
export class ColumnPlan {
  #kind: ColumnKind = 'null';
  /** How they are written. */
  written: ColumnKind = 'null';
  /** Values that have been looked at. */
  looked = 0;
  #isNullable = false;
  #set: SetPlan | undefined;
  #item: ColumnPlan | undefined;
  #names: ColumnPlan | undefined;
  /** Of objects: whether they have ever other keys. */
  #isOpen = false;
  readonly #level: number;
  readonly #sample = new Set<string>();
  #sampled = 0;
  #characters = 0;
  /** More different strings have come than a dictionary has room for. */
  overflowed = false;
  /** Some of its strings are beyond Latin-1. */
  wide = false;

  constructor(level: number) {
    this.#level = level;
  }

  /** Of records. */
  get set(): SetPlan {
    this.#set ??= new SetPlan(this.#level + 1);
    return this.#set;
  }

  /** Of lists their elements, of objects their values. */
  get item(): ColumnPlan {
    this.#item ??= new ColumnPlan(this.#level + 1);
    return this.#item;
  }

  /** Of objects: their keys. */
  get names(): ColumnPlan {
    this.#names ??= new ColumnPlan(this.#level + 1);
    return this.#names;
  }

  /** Takes a value into account. */
  absorb(value: unknown): void {
    this.looked++;
    if (value === null) {
      this.#isNullable = true;
      return;
    }
    const kind = kindOf(value);
    if (this.#kind === 'null' && kind !== 'any' && this.#level < BATCH_LEVELS) this.#kind = kind;
    else if (this.#kind !== kind) this.#kind = 'any';
    if (this.#kind === 'string') this.#look(value as string);
    else if (this.#kind === 'record') {
      if (!this.set.absorb(value as object) || !this.set.isDense) this.#open(value as object);
    } else if (this.#kind === 'list') {
      // Of a long list a few elements tell enough.
      for (const item of (value as unknown[]).slice(0, SAMPLED_STRINGS)) this.item.absorb(item);
    }
  }

  /** Takes an object into account whose keys are others than those before. */
  #open(value: object): void {
    this.#isOpen = true;
    for (const key of Object.keys(value)) {
      this.names.absorb(key);
      this.item.absorb((value as Readonly<Record<string, unknown>>)[key]);
    }
  }

  /** Decides how its values are written: strings that come again and again as a dictionary, sparse records as they are. */
  settle(): void {
    this.written = this.#settled();
    // It may have been one of strings before.
    if (this.written !== 'string' && this.written !== 'dictionary') this.wide = false;
    if (this.written === 'list' || this.written === 'object') this.item.settle();
  }

  #settled(): ColumnKind {
    if (this.#kind === 'record') {
      this.set.settle();
      if (this.set.isDense && !this.#isOpen) return 'record';
      this.#names?.settle();
      const { written } = this.#names ?? {};
      return written === 'string' || written === 'dictionary' ? 'object' : 'any';
    }
    // A long string is copied at memory speed by itself, and one beyond Latin-1 does not slow down the others then.
    if (this.#kind === 'string' && this.#characters > LONG_CHARACTERS * this.#sampled) return 'any';
    if (this.#kind !== 'string' || this.overflowed || this.#sampled < LEAST_SAMPLED_STRINGS)
      return this.#kind;
    return this.#sample.size * 4 <= this.#sampled ? 'dictionary' : 'string';
  }

  /** Bytes that one of its values takes, about, as far as they have been looked at. */
  get bytes(): number {
    switch (this.#kind) {
      case 'string':
        return this.#characters / Math.max(1, this.#sampled);
      case 'record':
        return this.set.bytes;
      case 'list':
        return (this.item.bytes * this.item.looked) / Math.max(1, this.looked);
      default:
        return NUMBER_BYTES;
    }
  }

  /** Whether bits tell which of its values are null. */
  get isMasked(): boolean {
    return this.#isNullable && this.written !== 'any' && this.written !== 'null';
  }

  /** As it stands in the schema. */
  get schema(): string {
    const { written } = this;
    const letter = this.wide ? COLUMN_LETTER[written].toUpperCase() : COLUMN_LETTER[written];
    const prefix = this.isMasked ? '?' : '';
    if (written === 'record') return prefix + letter + this.set.schema;
    if (written === 'object') return prefix + letter + this.names.schema + this.item.schema;
    return prefix + letter + (written === 'list' ? this.item.schema : '');
  }

  #look(value: string): void {
    if (this.#sampled >= SAMPLED_STRINGS) return;
    this.#sampled++;
    this.#characters += value.length;
    // A plan stays: it must not keep long strings, nor a text that this one is a piece of.
    this.#sample.add(ownText(value.slice(0, LONG_CHARACTERS)));
  }
}

/** One order of keys that records of a set have. */
export interface SetShape {
  readonly keys: readonly string[];
  readonly columns: readonly ColumnPlan[];
}

/** Records that are stored together: their columns, by key, and which of these each shape has, in which order. */
export class SetPlan {
  readonly columns = new Map<string, ColumnPlan>();
  readonly shapes: SetShape[] = [];
  readonly #names = new Set<string>();
  #looked = 0;
  readonly #level: number;

  constructor(level: number) {
    this.#level = level;
  }

  /** Whether one of its shapes is that of this record. */
  knows(record: object): boolean {
    return this.#names.has(Object.keys(record).join(KEY_SEPARATOR));
  }

  /** Takes a record into account. False where it does not fit among the others. */
  absorb(record: object): boolean {
    const keys = Object.keys(record);
    const name = keys.join(KEY_SEPARATOR);
    if (!this.#names.has(name) && !this.#add(keys, name)) return false;
    this.#looked++;
    for (const key of keys) {
      this.columns.get(key)?.absorb((record as Readonly<Record<string, unknown>>)[key]);
    }
    return true;
  }

  /** Decides how each column is written. */
  settle(): void {
    for (const column of this.columns.values()) column.settle();
  }

  /** Whether the records have most of the columns. A dictionary, of which each has other keys, is no set of records. */
  get isDense(): boolean {
    let values = 0;
    for (const { looked } of this.columns.values()) values += looked;
    return values >= LEAST_FILL * this.#looked * this.columns.size;
  }

  /** Bytes that a record takes, about. */
  get bytes(): number {
    let bytes = 0;
    for (const column of this.columns.values()) bytes += column.bytes * column.looked;
    return bytes / Math.max(1, this.#looked);
  }

  /** Columns behind each other, then the shapes by the numbers of their columns. */
  get schema(): string {
    const columns = [...this.columns].map(([key, column]) => column.schema + key + KEY_SEPARATOR);
    const place = new Map([...this.columns.values()].map((column, index) => [column, index]));
    const shapes = this.shapes.map((shape) => shape.columns.map((column) => place.get(column)).join());
    return `${columns.join('')}${KEY_SEPARATOR}${shapes.join(';')}${KEY_SEPARATOR}`;
  }

  #add(keys: readonly string[], name: string): boolean {
    const fits =
      keys.length > 0 &&
      keys.length <= SHAPE_KEYS &&
      this.shapes.length < SET_SHAPES &&
      !keys.some((key) => key.includes(KEY_SEPARATOR));
    const fresh = keys.filter((key) => !this.columns.has(key));
    if (!fits || this.columns.size + fresh.length > SHAPE_KEYS) return false;
    for (const key of fresh) this.columns.set(key, new ColumnPlan(this.#level));
    const columns = keys.map((key) => this.columns.get(key) as ColumnPlan);
    this.shapes.push({ keys, columns });
    this.#names.add(name);
    return true;
  }
}

function kindOf(value: unknown): ColumnKind {
  switch (typeof value) {
    case 'number':
      return 'number';
    case 'string':
      return 'string';
    case 'boolean':
      return 'boolean';
    case 'object':
      if (Array.isArray(value)) return 'list';
      if (value instanceof Date) return 'date';
      return isPlain(value as object) ? 'record' : 'any';
    default:
      return 'any';
  }
}
