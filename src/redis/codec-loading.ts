import { graphCodec } from '../codec/graph.js';
import type { CodecRegistry } from '../codec/registry.js';
import { OffloopError } from '../errors.js';
import type { Operation } from './operation.js';

/** The loading of custom codecs, for which values have to wait. */
export class CodecLoading {
  #loading: Promise<void> | undefined;

  constructor(registry: CodecRegistry) {
    if (registry.settings.custom.length === 0) return;
    this.#loading = registry.load().then(() => {
      this.#loading = undefined;
    });
    // The operations that wait for it report it.
    this.#loading.catch(() => {});
  }

  /** Whether a codec is not there yet, or could not be loaded. */
  get isUnderWay(): boolean {
    return this.#loading !== undefined;
  }

  /**
   * Does the work when all codecs are there; at once where they are. Rejects where one cannot be loaded, and with
   * `ERR_TIMEOUT` where the caller of the operation was answered meanwhile: he was told that nothing was sent.
   */
  before<T>(operation: Operation, work: () => Promise<T>): Promise<T> {
    if (this.#loading === undefined) return work();
    return this.#loading.then(() => {
      if (!operation.settled) return work();
      throw new OffloopError('ERR_TIMEOUT', 'its caller was answered while a codec was loaded');
    });
  }
}

/**
 * A copy of a value as it is now, for a codec that is not there yet to encode it. Throws `ERR_VALUE` where it is no plain data: of that
 * alone an exact copy can be made.
 */
export function plainCopy(value: unknown): unknown {
  try {
    return graphCodec.decode(graphCodec.encode(value), false);
  } catch (error) {
    if (!(error instanceof OffloopError)) throw error;
    throw new OffloopError(
      error.code,
      `${error.message}; while a codec is loaded a snapshot can be taken of plain data alone`,
    );
  }
}
