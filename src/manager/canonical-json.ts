import { pathSegment } from '../backends/arguments.js';
import { describe, OffloopError } from '../errors.js';
import { sortKeys } from './key-sort.js';

/** How deep content may be nested: what Python's `json.dumps` manages with its default recursion limit, about. */
export const MAX_CANONICAL_DEPTH = 900;

/** What is done between two turns of the event loop at least: parts of a value, or characters of one string. */
const PARTS_A_STEP = 256;
const CHARACTERS_A_STEP = 16_384;
/** Text that is handed on in one go. */
const TEXT_CHARACTERS = 65_536;

/**
 * The text that Python's `json.dumps(value, sort_keys=True, ensure_ascii=True)` writes for the same data: one text
 * for equal data, whatever the order of the keys.
 *
 * Holds `null`, booleans, strings, finite numbers, bigints (Python's int), arrays and plain objects. JavaScript has
 * one type for 1 and 1.0, and both print as the int `1`. A number prints as Python prints what it reads from
 * `JSON.stringify`: -0 as `0`, an integer below 1e21 as an int, all else as Python's float (`1e-07`, `1e+21`).
 *
 * @param root how messages call the value
 * @throws OffloopError `ERR_VALUE` with the path, for anything else: NaN, infinities, `undefined` and holes,
 *   functions, symbols and symbol keys, cycles, instances of classes (Date and Map too), getters that throw, more than
 *   {@link MAX_CANONICAL_DEPTH} levels.
 */
export function canonicalJson(value: unknown, root = 'value'): string {
  let whole = '';
  const writer = new CanonicalWriter({
    value,
    root,
    sink: (text) => {
      whole += text;
    },
  });
  while (writer.step());
  return whole;
}

/** What a {@link CanonicalWriter} is given. */
export interface CanonicalSource {
  readonly value: unknown;
  /** How messages call the value. */
  readonly root: string;
  /** Takes the text, piece by piece. */
  readonly sink: (text: string) => void;
}

/** An array or an object that has been opened and not closed. */
interface Level {
  readonly holder: readonly unknown[] | Readonly<Record<string, unknown>>;
  /** What is still to be sorted. */
  sorting: Generator<undefined, string[]> | undefined;
  /** Undefined for an array. */
  keys: readonly string[] | undefined;
  /** How many of its parts have been begun. */
  begun: number;
}

/** Writes {@link canonicalJson} in steps of a fraction of a millisecond. The value must not be changed meanwhile. */
export class CanonicalWriter {
  readonly #root: string;
  readonly #sink: (text: string) => void;
  readonly #levels: Level[] = [];
  readonly #ancestors = new Set<object>();
  #text = '';
  /** The rest of a string that is too long for one step. */
  #rest: { readonly string: string; from: number } | undefined;
  /** What is to be written first. */
  #first: { readonly value: unknown } | undefined;

  constructor({ value, root, sink }: CanonicalSource) {
    this.#root = root;
    this.#sink = sink;
    this.#first = { value };
  }

  /** Writes a little more. True where there is more to write. Throws as {@link canonicalJson} does. */
  step(): boolean {
    try {
      return this.#step();
    } catch (error) {
      // A getter's own error may quote what it was to give.
      throw error instanceof OffloopError ? error : this.#refusal('throws when it is read');
    }
  }

  #step(): boolean {
    if (this.#first) {
      const { value } = this.#first;
      this.#first = undefined;
      this.#write(value);
    }
    for (let part = 0; part < PARTS_A_STEP; part += 1) {
      if (this.#rest) {
        this.#continueString(this.#rest);
        return this.#rest !== undefined || this.#levels.length > 0 || this.#end();
      }
      const level = this.#levels.at(-1);
      if (!level) return this.#end();
      if (level.sorting) {
        if (!this.#continueSorting(level, level.sorting)) return true;
      } else this.#writePart(level);
      if (this.#text.length >= TEXT_CHARACTERS) this.#flush();
    }
    return true;
  }

  #end(): false {
    this.#flush();
    return false;
  }

  #flush(): void {
    this.#sink(this.#text);
    this.#text = '';
  }

  #write(value: unknown): void {
    if (value === null) this.#text += 'null';
    else if (typeof value === 'string') this.#writeString(value);
    else if (typeof value === 'number' && Number.isFinite(value)) this.#text += pythonNumber(value);
    else if (typeof value === 'boolean' || typeof value === 'bigint') this.#text += String(value);
    else if (typeof value === 'object') this.#open(value);
    else throw this.#refusal(`is ${describe(value)}`);
  }

  #open(holder: object): void {
    if (this.#ancestors.has(holder)) throw this.#refusal('is one of its own ancestors, a cycle');
    if (this.#levels.length >= MAX_CANONICAL_DEPTH)
      throw this.#refusal(`is nested deeper than ${MAX_CANONICAL_DEPTH}`);
    if (Array.isArray(holder)) {
      this.#text += '[';
      this.#levels.push({ holder, sorting: undefined, keys: undefined, begun: 0 });
    } else {
      if (!isPlainObject(holder)) throw this.#refusal(`is ${describe(holder)}`);
      if (Object.getOwnPropertySymbols(holder).length > 0) throw this.#refusal('has a symbol as a key');
      this.#text += '{';
      const sorted = sortKeys(Object.keys(holder));
      const [keys, sorting] = Array.isArray(sorted) ? [sorted, undefined] : [undefined, sorted];
      this.#levels.push({ holder, sorting, keys, begun: 0 });
    }
    this.#ancestors.add(holder);
  }

  /** True where the keys are sorted. */
  #continueSorting(level: Level, sorting: Generator<undefined, string[]>): boolean {
    const { done, value } = sorting.next();
    if (!done) return false;
    level.keys = value;
    level.sorting = undefined;
    return true;
  }

  /** Begins the next part of an array or an object, or closes it. */
  #writePart(level: Level): void {
    const { holder, keys } = level;
    const index = level.begun++;
    const parts = keys ?? (holder as readonly unknown[]);
    if (index >= parts.length) {
      this.#text += keys ? '}' : ']';
      this.#levels.pop();
      this.#ancestors.delete(holder);
      return;
    }
    if (index > 0) this.#text += ', ';
    const key = keys?.[index];
    if (key !== undefined) this.#text += `${pythonString(key)}: `;
    this.#write(key === undefined ? parts[index] : (holder as Readonly<Record<string, unknown>>)[key]);
  }

  #writeString(string: string): void {
    if (string.length <= CHARACTERS_A_STEP) {
      this.#text += pythonString(string);
      return;
    }
    this.#text += '"';
    this.#rest = { string, from: 0 };
  }

  #continueString(rest: { readonly string: string; from: number }): void {
    const { string, from } = rest;
    let to = Math.min(from + CHARACTERS_A_STEP, string.length);
    // A pair that is cut in two would be escaped as two lone surrogates: the same digits, and not by a rule.
    if (to < string.length && isHighSurrogate(string.charCodeAt(to - 1))) to -= 1;
    this.#text += pythonString(string.slice(from, to)).slice(1, -1);
    rest.from = to;
    if (to === string.length) {
      this.#text += '"';
      this.#rest = undefined;
    }
    this.#flush();
  }

  #refusal(what: string): OffloopError {
    const steps = this.#levels.map(({ keys, begun }) => keys?.[begun - 1] ?? begun - 1);
    const path = this.#root + steps.map(pathSegment).join('');
    return new OffloopError('ERR_VALUE', `${shorten(path)} ${what}, which has no canonical JSON`);
  }
}

/** Whether it is made by `{}`, `JSON.parse` or `Object.create(null)`, in whatever realm. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

// JSON.stringify escapes quotes, controls and lone surrogates as Python does; Python escapes these besides.
const BEYOND_ASCII = /[\u007f-\uffff]/g;

// Most strings need no escape, and are not taken apart for it.
const PLAIN = /^[ !#-[\]-~]*$/;

function pythonString(text: string): string {
  if (PLAIN.test(text)) return `"${text}"`;
  return JSON.stringify(text).replace(
    BEYOND_ASCII,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function pythonNumber(value: number): string {
  // Both languages write the shortest digits that read back as the same number. They differ in where the exponent
  // begins (below 1e-4 in Python, below 1e-6 here) and in its width (two digits at least in Python).
  const text = value !== 0 && Math.abs(value) < 1e-4 ? value.toExponential() : String(value);
  return text.replace(/e([+-])(\d)$/, 'e$10$2');
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

const SHOWN_PATH_CHARACTERS = 200;

function shorten(path: string): string {
  return path.length <= SHOWN_PATH_CHARACTERS ? path : `${path.slice(0, SHOWN_PATH_CHARACTERS)}…`;
}
