import { pathSegment } from '../backends/arguments.js';
import { describe, OffloopError } from '../errors.js';

/** How deep content may be nested: what Python's `json.dumps` manages with its default recursion limit, about. */
export const MAX_CANONICAL_DEPTH = 900;

/** Where the walk is. The steps name the path in a message; the ancestors find cycles. */
interface Walk {
  readonly root: string;
  readonly steps: (string | number)[];
  readonly ancestors: Set<object>;
}

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
 *   functions, symbols and symbol keys, cycles, instances of classes (Date and Map too), more than
 *   {@link MAX_CANONICAL_DEPTH} levels.
 */
export function canonicalJson(value: unknown, root = 'value'): string {
  return write(value, { root, steps: [], ancestors: new Set() });
}

function write(value: unknown, walk: Walk): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return pythonString(value);
  if (typeof value === 'number' && Number.isFinite(value)) return pythonNumber(value);
  if (typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  if (typeof value !== 'object') throw refusal(walk, `is ${describe(value)}`);
  if (walk.ancestors.has(value)) throw refusal(walk, 'is one of its own ancestors, a cycle');
  if (walk.steps.length >= MAX_CANONICAL_DEPTH)
    throw refusal(walk, `is nested deeper than ${MAX_CANONICAL_DEPTH}`);

  walk.ancestors.add(value);
  const text = Array.isArray(value) ? writeArray(value, walk) : writeObject(value, walk);
  walk.ancestors.delete(value);
  return text;
}

function writeArray(array: readonly unknown[], walk: Walk): string {
  const parts: string[] = [];
  for (let index = 0; index < array.length; index += 1) {
    walk.steps.push(index);
    parts.push(write(array[index], walk));
    walk.steps.pop();
  }
  return `[${parts.join(', ')}]`;
}

function writeObject(object: object, walk: Walk): string {
  if (!isPlainObject(object)) throw refusal(walk, `is ${describe(object)}`);
  if (Object.getOwnPropertySymbols(object).length > 0) throw refusal(walk, 'has a symbol as a key');
  const parts: string[] = [];
  for (const key of Object.keys(object).sort(byCodePoint)) {
    walk.steps.push(key);
    parts.push(`${pythonString(key)}: ${write(object[key], walk)}`);
    walk.steps.pop();
  }
  return `{${parts.join(', ')}}`;
}

/** Whether it is made by `{}`, `JSON.parse` or `Object.create(null)`, in whatever realm. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** Python compares strings by code point; by UTF-16 unit, as JavaScript does, U+1F600 would come before U+FFFD. */
function byCodePoint(left: string, right: string): number {
  const shorter = Math.min(left.length, right.length);
  for (let index = 0; index < shorter; ) {
    const a = left.codePointAt(index) ?? 0;
    const b = right.codePointAt(index) ?? 0;
    if (a !== b) return a - b;
    index += a > 0xffff ? 2 : 1;
  }
  return left.length - right.length;
}

// JSON.stringify escapes quotes, controls and lone surrogates as Python does; Python escapes these besides.
const BEYOND_ASCII = /[\u007f-\uffff]/g;

function pythonString(text: string): string {
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

function refusal(walk: Walk, what: string): OffloopError {
  const path = walk.root + walk.steps.map(pathSegment).join('');
  return new OffloopError('ERR_VALUE', `${shorten(path)} ${what}, which has no canonical JSON`);
}

const SHOWN_PATH_CHARACTERS = 200;

function shorten(path: string): string {
  return path.length <= SHOWN_PATH_CHARACTERS ? path : `${path.slice(0, SHOWN_PATH_CHARACTERS)}…`;
}
