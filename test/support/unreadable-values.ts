function detached(view: (buffer: ArrayBuffer) => unknown): unknown {
  const buffer = new ArrayBuffer(16);
  const value = view(buffer);
  structuredClone(buffer, { transfer: [buffer] });
  return value;
}

function revoked(target: object): unknown {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
}

function fail(): never {
  throw new Error('secret');
}

/** Bytes that were transferred away. */
export const DETACHED: readonly (readonly [string, unknown])[] = [
  ['ArrayBuffer', detached((buffer) => buffer)],
  ['Uint8Array', detached((buffer) => new Uint8Array(buffer))],
  ['Buffer', detached((buffer) => Buffer.from(buffer))],
  ['Float64Array', detached((buffer) => new Float64Array(buffer))],
  ['DataView', detached((buffer) => new DataView(buffer))],
];

/** What throws when it is looked at. */
export const THROWING: readonly (readonly [string, unknown])[] = [
  ['a getter', Object.defineProperty({}, 'a', { enumerable: true, get: fail })],
  ['an element', Object.defineProperty([1, 2, 3], 1, { enumerable: true, get: fail })],
  ['a revoked proxy of an object', revoked({})],
  ['a revoked proxy of an array', revoked([])],
  ['a revoked proxy in an array', [revoked([])]],
  ['a proxy', new Proxy({ a: 1 }, { getPrototypeOf: fail, ownKeys: fail })],
];

/** What throws when its `a` is read, which it does not list. */
export const UNLISTED: readonly (readonly [string, unknown])[] = [
  ['a getter that no list of names has', Object.defineProperty({}, 'a', { get: fail })],
  ['a proxy that lists no names', new Proxy({}, { get: fail })],
];
