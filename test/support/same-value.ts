/**
 * Where two values differ, as a path; `undefined` where they are the same to the last bit: types, prototypes, -0,
 * NaN, key order of maps and sets, bytes. Stricter than `isDeepStrictEqual`, and the same on all versions of Node.
 */
export function difference(actual: unknown, wanted: unknown, path = 'value'): string | undefined {
  if (Object.is(actual, wanted)) return undefined;
  if (typeof actual !== 'object' || typeof wanted !== 'object' || actual === null || wanted === null) {
    return `${path}: ${show(actual)} is not ${show(wanted)}`;
  }
  if (Object.getPrototypeOf(actual) !== Object.getPrototypeOf(wanted))
    return `${path}: the prototypes differ`;
  if (wanted instanceof Date) {
    return Object.is(Number(actual), wanted.getTime()) ? undefined : `${path}: the times differ`;
  }
  if (wanted instanceof ArrayBuffer || ArrayBuffer.isView(wanted)) {
    return bytesOf(actual).equals(bytesOf(wanted)) ? undefined : `${path}: the bytes differ`;
  }
  if (wanted instanceof Map) {
    return difference(Array.from(actual as Map<unknown, unknown>), Array.from(wanted), `${path}<map>`);
  }
  if (wanted instanceof Set)
    return difference(Array.from(actual as Set<unknown>), Array.from(wanted), `${path}<set>`);
  return propertyDifference(actual, wanted, path);
}

function propertyDifference(actual: object, wanted: object, path: string): string | undefined {
  const actualKeys = Object.keys(actual);
  const wantedKeys = Object.keys(wanted);
  if (actualKeys.length !== wantedKeys.length || wantedKeys.some((key, index) => key !== actualKeys[index])) {
    return `${path}: the keys are ${JSON.stringify(actualKeys)} instead of ${JSON.stringify(wantedKeys)}`;
  }
  if (Array.isArray(wanted) && Array.isArray(actual) && actual.length !== wanted.length)
    return `${path}: the lengths differ`;
  for (const key of wantedKeys) {
    const found = difference(
      Reflect.get(actual, key),
      Reflect.get(wanted, key),
      `${path}[${JSON.stringify(key)}]`,
    );
    if (found !== undefined) return found;
  }
  return undefined;
}

function bytesOf(value: unknown): Buffer {
  if (value instanceof ArrayBuffer) return Buffer.from(value);
  return ArrayBuffer.isView(value)
    ? Buffer.from(value.buffer, value.byteOffset, value.byteLength)
    : Buffer.alloc(0);
}

function show(value: unknown): string {
  return typeof value === 'symbol' || typeof value === 'bigint'
    ? String(value)
    : (JSON.stringify(value) ?? String(value));
}
