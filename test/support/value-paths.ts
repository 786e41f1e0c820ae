/** A part of a value, and the steps that lead to it. */
export interface ValuePart {
  readonly path: readonly (string | number)[];
  readonly value: unknown;
}

/** Every part of a value that a path can name, itself included. It knows nothing of the code that follows paths. */
export function* partsOf(value: unknown, path: ValuePart['path'] = []): Generator<ValuePart> {
  yield { path, value };
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* partsOf(item, [...path, index]);
  } else if (value instanceof Map) {
    for (const [key, item] of value) if (isStep(key)) yield* partsOf(item, [...path, key]);
  } else if (typeof value === 'object' && value !== null && isPlain(value)) {
    for (const [key, item] of Object.entries(value)) yield* partsOf(item, [...path, key]);
  }
}

/** Steps that no value has, or that are no parts of it. */
export const NO_STEPS: readonly (string | number)[] = [
  'length',
  'constructor',
  'toString',
  'size',
  '00',
  '-1',
  '1e0',
  ' 1',
  'no such key',
  2 ** 32,
  Number.MAX_SAFE_INTEGER,
];

function isStep(key: unknown): key is string | number {
  return typeof key === 'string' || (Number.isSafeInteger(key) && (key as number) >= 0);
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
