import { describe, OffloopError } from '../errors.js';
import { assertGivenOptions, assertInteger } from './arguments.js';

/** Options of a a `DiskBackend`. */
export interface DiskBackendOptions {
  /** A directory of its own, which is made where it is not there. One process at a time can have it open. */
  readonly path: string;
  /**
   * The most bytes of keys and encoded values, 1 to `Number.MAX_SAFE_INTEGER`. The files take up to twice as much where much is
   * overwritten, until the store has compacted them.
   * @default 1073741824 (1 GiB)
   */
  readonly maxBytes?: number | undefined;
  /**
   * The most entries, 1 to 16,777,215. Each takes some 200 bytes of memory besides its key.
   * @default 1000000
   */
  readonly maxEntries?: number | undefined;
}

/** The same, resolved. */
export type DiskSettings = Required<{
  readonly [N in keyof DiskBackendOptions]: NonNullable<DiskBackendOptions[N]>;
}>;

const OPTIONS: ReadonlySet<string> = new Set([
  'path',
  'maxBytes',
  'maxEntries',
] satisfies (keyof DiskBackendOptions)[]);
const MAX_ENTRIES = 2 ** 24 - 1;

/** Options with their defaults. Throws `ERR_OPTION`. */
export function resolveDiskOptions(options: DiskBackendOptions | undefined): DiskSettings {
  assertGivenOptions(options, OPTIONS, 'DiskBackend');
  const { path, maxBytes = 1024 ** 3, maxEntries = 1_000_000 } = options ?? {};
  if (typeof path !== 'string' || path === '') {
    throw new OffloopError('ERR_OPTION', `path must be a non-empty string, received ${describe(path)}`);
  }
  assertInteger('maxBytes', maxBytes, Number.MAX_SAFE_INTEGER);
  assertInteger('maxEntries', maxEntries, MAX_ENTRIES);
  return { path, maxBytes, maxEntries };
}
