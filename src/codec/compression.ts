import * as zlib from 'node:zlib';
import { describe, displayKey, OffloopError } from '../errors.js';

/** The compressions, by their number in the stored frame, which never changes its meaning. */
export const COMPRESSION_IDS = { none: 0, gzip: 1, brotli: 2, zstd: 3 } as const;

/** A compression algorithm. */
export type CompressionAlgorithm = 'gzip' | 'brotli' | 'zstd';

/** How values are compressed before they are stored. */
export interface CompressionOptions {
  /** `zstd` needs Node 22.15 or later, else `ERR_COMPRESSION`. */
  readonly algorithm: CompressionAlgorithm;
  /** gzip 1 to 9, brotli 0 to 11, zstd 1 to 22; higher is smaller and slower. @default 1 */
  readonly level?: number | undefined;
  /** Values of fewer bytes are stored as they are. Bytes, 0 to 536,870,912. @default 1024 */
  readonly minBytes?: number | undefined;
  /** The least fraction of the bytes that must be saved; else they are stored as they are. 0 to 0.99. @default 0.1 */
  readonly minSaving?: number | undefined;
}

/** {@link CompressionOptions} checked and with defaults: plain data, which crosses to a worker as it is. */
export interface CompressionSettings {
  readonly algorithm: CompressionAlgorithm;
  readonly id: number;
  readonly level: number;
  readonly minBytes: number;
  readonly minSaving: number;
}

const LEVELS = {
  gzip: { min: 1, max: 9, default: 1 },
  brotli: { min: 0, max: 11, default: 1 },
  zstd: { min: 1, max: 22, default: 1 },
} as const satisfies Record<CompressionAlgorithm, { min: number; max: number; default: number }>;

const DEFAULT_MIN_BYTES = 1024;
const LARGEST_MIN_BYTES = 2 ** 30;
const DEFAULT_MIN_SAVING = 0.1;
const LARGEST_MIN_SAVING = 0.99;

/** From this size on a sample is compressed first, so that what is compressed already costs little. */
const PROBED_BYTES = 256 * 1024;
const SAMPLE_PIECES = 4;
const SAMPLE_PIECE_BYTES = 8 * 1024;

/** Bounds of zlib's output chunks: one chunk needs no concatenation, a huge one is not taken on a frame's word. */
const SMALLEST_CHUNK = 1024;
const LARGEST_CHUNK = 64 * 1024 * 1024;
/** From this size on a chunk has a byte to spare: zlib would fill a second one before it finds that there is too much. */
const SPARING_BYTES = 1024 * 1024;

/** Below this a result that shares its memory with others is copied to memory of its own. */
const CHEAP_COPY = 256 * 1024;

interface ZlibResult {
  readonly buffer: Buffer;
  readonly engine: { readonly bytesWritten: number };
}
type Decompressor = (bytes: Uint8Array, options: object) => unknown;

/** What Node 20 does not have, and its types do not know. */
const zstd = zlib as unknown as {
  readonly zstdCompressSync?: (bytes: Uint8Array, options: object) => Buffer;
  readonly zstdDecompressSync?: Decompressor;
};
const constants: Record<string, number> = { ...zlib.constants };

/** Whether this runtime has zstd: Node 22.15 and later do. */
export const hasZstd: boolean = zstd.zstdCompressSync !== undefined && zstd.zstdDecompressSync !== undefined;

/**
 * Checks the `compression` option. A string is an algorithm with its defaults; `undefined`, `false` and `'none'`
 * mean none. Throws `ERR_OPTION` for what is unknown or out of bounds, `ERR_COMPRESSION` where the runtime does not
 * have the algorithm.
 */
export function resolveCompression(option: unknown): CompressionSettings | undefined {
  if (option === undefined || option === false || option === 'none') return undefined;
  const given = typeof option === 'string' ? { algorithm: option } : option;
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw new OffloopError(
      'ERR_OPTION',
      `compression must be an object or an algorithm; it is ${describe(option)}`,
    );
  }
  const options = given as Record<string, unknown>;
  for (const name of Object.keys(options)) {
    if (!['algorithm', 'level', 'minBytes', 'minSaving'].includes(name)) {
      throw new OffloopError('ERR_OPTION', `compression has an unknown option ${displayKey(name)}`);
    }
  }
  const { algorithm } = options;
  if (algorithm !== 'gzip' && algorithm !== 'brotli' && algorithm !== 'zstd') {
    const received = typeof algorithm === 'string' ? displayKey(algorithm) : describe(algorithm);
    throw new OffloopError(
      'ERR_OPTION',
      `compression.algorithm must be gzip, brotli or zstd; it is ${received}`,
    );
  }
  if (algorithm === 'zstd' && !hasZstd) throw noZstd();
  const level = LEVELS[algorithm];
  return {
    algorithm,
    id: COMPRESSION_IDS[algorithm],
    level: numberOption(options, { name: 'level', ...level, integer: true }),
    minBytes: numberOption(options, {
      name: 'minBytes',
      min: 0,
      max: LARGEST_MIN_BYTES,
      default: DEFAULT_MIN_BYTES,
      integer: true,
    }),
    minSaving: numberOption(options, {
      name: 'minSaving',
      min: 0,
      max: LARGEST_MIN_SAVING,
      default: DEFAULT_MIN_SAVING,
      integer: false,
    }),
  };
}

interface NumberBounds {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  readonly default: number;
  readonly integer: boolean;
}

function numberOption(options: Record<string, unknown>, bounds: NumberBounds): number {
  const { name, min, max, integer } = bounds;
  const value = options[name];
  if (value === undefined) return bounds.default;
  if (typeof value === 'number' && value >= min && value <= max && (!integer || Number.isInteger(value)))
    return value;
  const kind = integer ? 'an integer' : 'a number';
  throw new OffloopError(
    'ERR_OPTION',
    `compression.${name} must be ${kind} from ${min} to ${max}; it is ${describe(value)}`,
  );
}

/**
 * The bytes compressed, or `undefined` where it does not pay: fewer than `minBytes`, or not at least `minSaving` of
 * them saved. From 256 KB on a sample of 32 KB decides first whether it is tried at all.
 */
export function compressSync(bytes: Uint8Array, settings: CompressionSettings): Uint8Array | undefined {
  if (bytes.byteLength === 0 || bytes.byteLength < settings.minBytes) return undefined;
  if (bytes.byteLength >= PROBED_BYTES && !compresses(sampleOf(bytes), settings)) return undefined;
  return compressWithin(bytes, settings);
}

function compresses(sample: Uint8Array, settings: CompressionSettings): boolean {
  // Half the saving asked for: what repeats at a distance shows in the whole, and not in a sample.
  return compressWithin(sample, { ...settings, minSaving: settings.minSaving / 2 }) !== undefined;
}

/** Pieces from the whole length, since a head often compresses better than what follows it. */
function sampleOf(bytes: Uint8Array): Uint8Array {
  const step = Math.floor((bytes.byteLength - SAMPLE_PIECE_BYTES) / (SAMPLE_PIECES - 1));
  const sample = new Uint8Array(SAMPLE_PIECES * SAMPLE_PIECE_BYTES);
  for (let piece = 0; piece < SAMPLE_PIECES; piece++) {
    const start = piece * step;
    sample.set(bytes.subarray(start, start + SAMPLE_PIECE_BYTES), piece * SAMPLE_PIECE_BYTES);
  }
  return sample;
}

function compressWithin(bytes: Uint8Array, settings: CompressionSettings): Uint8Array | undefined {
  const { algorithm, level, minSaving } = settings;
  const maxOutputLength = Math.floor(bytes.byteLength * (1 - minSaving));
  if (maxOutputLength < 1) return undefined;
  const chunkSize = Math.max(SMALLEST_CHUNK, Math.min(bytes.byteLength >> 1, 1024 * 1024));
  try {
    if (algorithm === 'gzip') return zlib.gzipSync(bytes, { level, maxOutputLength, chunkSize });
    if (algorithm === 'brotli') {
      const params = {
        [zlib.constants.BROTLI_PARAM_QUALITY]: level,
        [zlib.constants.BROTLI_PARAM_SIZE_HINT]: bytes.byteLength,
      };
      return zlib.brotliCompressSync(bytes, { params, maxOutputLength, chunkSize });
    }
    if (!zstd.zstdCompressSync) throw noZstd();
    const params = { [constants.ZSTD_c_compressionLevel ?? 0]: level };
    return zstd.zstdCompressSync(bytes, { params, maxOutputLength, chunkSize });
  } catch (error) {
    if (error instanceof OffloopError) throw error;
    if (error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE') return undefined;
    throw new OffloopError('ERR_COMPRESSION', `${algorithm} failed to compress ${bytes.byteLength} bytes`);
  }
}

/**
 * The raw bytes again, in memory of their own where they are few or fill one chunk. `rawLength` is what the frame
 * says, and the caller has checked it against its limit: not a byte more is inflated, and fewer are refused, as is
 * anything after the compressed stream. Throws `ERR_CORRUPT`, and `ERR_COMPRESSION` where the runtime does not have
 * the algorithm or the id is unknown.
 */
export function decompressSync(bytes: Uint8Array, algorithmId: number, rawLength: number): Uint8Array {
  const [name, decompress] = decompressorOf(algorithmId);
  if (!(rawLength > 0))
    throw new OffloopError('ERR_CORRUPT', `${name}: a raw length of 0 is never compressed`);
  const room = rawLength < SPARING_BYTES ? rawLength : rawLength + 1;
  const options = {
    info: true,
    maxOutputLength: rawLength,
    chunkSize: Math.max(SMALLEST_CHUNK, Math.min(room, LARGEST_CHUNK)),
  };
  let result: ZlibResult;
  try {
    // With `info` the result is the bytes and the engine that counts what it consumed.
    result = decompress(bytes, options) as ZlibResult;
  } catch {
    throw new OffloopError(
      'ERR_CORRUPT',
      `${name}: the stream is damaged, truncated or longer than ${rawLength} bytes`,
    );
  }
  const { buffer, engine } = result;
  if (engine.bytesWritten !== bytes.byteLength) {
    throw new OffloopError('ERR_CORRUPT', `${name}: bytes follow after the end of the stream`);
  }
  if (buffer.byteLength !== rawLength) {
    throw new OffloopError(
      'ERR_CORRUPT',
      `${name}: the stream holds ${buffer.byteLength} bytes instead of ${rawLength}`,
    );
  }
  return buffer.byteLength === buffer.buffer.byteLength || buffer.byteLength > CHEAP_COPY
    ? buffer
    : new Uint8Array(buffer);
}

/** The name of a compression by its number. Throws `ERR_COMPRESSION` where it is not known or not available here. */
export function compressionName(id: number): string {
  return id === COMPRESSION_IDS.none ? 'none' : decompressorOf(id)[0];
}

function decompressorOf(id: number): [string, Decompressor] {
  switch (id) {
    case COMPRESSION_IDS.gzip:
      return ['gzip', zlib.gunzipSync as Decompressor];
    case COMPRESSION_IDS.brotli:
      return ['brotli', zlib.brotliDecompressSync as Decompressor];
    case COMPRESSION_IDS.zstd:
      if (!zstd.zstdDecompressSync) throw noZstd();
      return ['zstd', zstd.zstdDecompressSync];
    default:
      throw new OffloopError('ERR_COMPRESSION', `compression ${id} is not known here`);
  }
}

function noZstd(): OffloopError {
  return new OffloopError('ERR_COMPRESSION', `zstd needs Node 22.15 or later; this is ${process.version}`);
}
