import { assertKnownOptions } from '../../backends/arguments.js';
import { hasZstd } from '../../codec/compression.js';
import type { BenchValue } from '../bench.js';
import { inRange, oneOf } from '../bench-settings.js';
import { assertRunOptions, refused, valuesOf } from '../option-shapes.js';
import type { Sample } from '../sample.js';
import type { SessionSettings } from '../session.js';
import { CODECS, COMPRESSIONS } from './candidates.js';
import type { Candidate, Objective, TuneLoad } from './tuning.js';

/** What a run is doing. */
export interface TuneProgress {
  /** Passes that have ended. */
  readonly passes: number;
  readonly seconds: number;
}

/** Options of {@link tune}. */
export interface TuneOptions {
  /** The server to measure on. Keys are written under `offloop-bench:<random>:` and removed. */
  readonly url: string;
  /** Values that stand for those that will be cached: see `loadSample` and `sampleRedis`. They are never changed. */
  readonly sample: Sample;
  /** What to make best: the wait of other events, the mean latency, the throughput, or the bytes stored. @default 'wait' */
  readonly objective?: Objective | undefined;
  /** Reads a second, 0 to 1,000,000. @default 200 */
  readonly readsPerSecond?: number | undefined;
  /** Writes a second, 0 to 1,000,000; with the reads above 0. @default 20 */
  readonly writesPerSecond?: number | undefined;
  /** Milliseconds that each round trip to Redis takes longer than here, 0 to 1,000. @default 0 */
  readonly rttMs?: number | undefined;
  /** What each measurement takes, as a multiple of what it takes by default, 0.1 to 20. @default 1 */
  readonly pace?: number | undefined;
  /** Whether to measure every combination in full, for minutes, to see what the search may have missed. @default false */
  readonly exhaustive?: boolean | undefined;
  /** Whether to measure the choice at several sizes beside the defaults and ioredis with JSON. @default true */
  readonly bySize?: boolean | undefined;
  /** What repeats the run; it goes into the report. */
  readonly command?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onOpen?: SessionSettings['onOpen'] | undefined;
  readonly onProgress?: ((progress: TuneProgress) => void) | undefined;
}

/** The options with every default filled in and every bound checked. */
export interface TuneSettings {
  readonly objective: Objective;
  readonly load: TuneLoad;
  readonly pace: number;
  readonly exhaustive: boolean;
  readonly bySize: boolean;
  readonly values: readonly BenchValue[];
  readonly codecs: readonly string[];
  readonly compressions: readonly Candidate['compression'][];
}

const KNOWN: ReadonlySet<string> = new Set([
  'url',
  'sample',
  'objective',
  'readsPerSecond',
  'writesPerSecond',
  'rttMs',
  'pace',
  'exhaustive',
  'bySize',
  'command',
  'signal',
  'onOpen',
  'onProgress',
] satisfies (keyof TuneOptions)[]);

const MAX_RATE = 1_000_000;
/** Values that are measured: more would only make each of them rarer. */
const MEASURED_VALUES = 8;

/** Fills in and checks. Throws `ERR_OPTION` that names the option, its bounds and what was received. */
export function resolveTune(options: TuneOptions): TuneSettings {
  assertKnownOptions(options, KNOWN, 'tune');
  assertRunOptions(options, 'tune');
  if (typeof options.sample !== 'object' || options.sample === null) {
    throw refused('sample', 'what loadSample or sampleRedis gives', options.sample);
  }
  const readsPerSecond = inRange('readsPerSecond', options.readsPerSecond ?? 200, [0, MAX_RATE]);
  const writesPerSecond = inRange('writesPerSecond', options.writesPerSecond ?? 20, [0, MAX_RATE]);
  inRange('readsPerSecond + writesPerSecond', readsPerSecond + writesPerSecond, [0.001, 2 * MAX_RATE]);
  return {
    objective: oneOf('objective', options.objective ?? 'wait', ['wait', 'latency', 'throughput', 'memory']),
    load: { readsPerSecond, writesPerSecond, rttMs: inRange('rttMs', options.rttMs ?? 0, [0, 1_000]) },
    pace: inRange('pace', options.pace ?? 1, [0.1, 20]),
    exhaustive: options.exhaustive ?? false,
    bySize: options.bySize ?? true,
    values: spread(valuesOf('sample.values', options.sample.values), MEASURED_VALUES),
    codecs: CODECS,
    compressions: COMPRESSIONS.filter((name) => name !== 'zstd' || hasZstd),
  };
}

/** So many values from the smallest to the largest, evenly by their rank. */
export function spread(values: readonly BenchValue[], count: number): readonly BenchValue[] {
  const sorted = values.toSorted((left, right) => left.bytes - right.bytes);
  if (sorted.length <= count) return sorted;
  const step = (sorted.length - 1) / (count - 1);
  return Array.from({ length: count }, (_, index) => sorted[Math.round(index * step)]).filter(
    (value): value is BenchValue => value !== undefined,
  );
}
