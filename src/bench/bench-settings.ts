import { assertKnownOptions } from '../backends/arguments.js';
import type { CompressionAlgorithm } from '../codec/compression.js';
import { CodecRegistry } from '../codec/registry.js';
import { describe, OffloopError } from '../errors.js';
import { type BenchValue, FULL, QUICK, type Scale } from './bench.js';
import { parseByteSize } from './byte-size.js';
import { assertRunOptions, filledListOf, listOf, valuesOf } from './option-shapes.js';
import type { Variant } from './peers/peer.js';
import { isPeerId, PEER_IDS, type PeerId } from './peers/registry.js';
import type { Report } from './report-data.js';
import type { Result } from './result.js';
import { LARGE_RATE } from './scenario-busy.js';
import type { SessionSettings } from './session.js';
import { parseThreshold, type Threshold } from './thresholds.js';

/** What can be measured; `callers` is get and set of 1 KB by 200 callers, `busy` a service under requests (six minutes). */
export const SCENARIOS = [
  'set',
  'get',
  'mixed',
  'callers',
  'batch',
  'clear',
  'codecs',
  'memory',
  'busy',
] as const;
export type Scenario = (typeof SCENARIOS)[number];

/** How far a run has come. */
export interface BenchProgress {
  /** Tables that are done. */
  readonly done: number;
  /** Tables in all. */
  readonly total: number;
  /** Passes of contenders so far: that it moves shows that it is alive. */
  readonly passes: number;
}

/** Options of {@link bench}. */
export interface BenchOptions {
  /**
   * The server, as of `RedisBackend`. Keys are written under `offloop-bench:<random>:` and removed, as is `key:__rand_int__`, which is
   * redis-benchmark's: where it is there already, that is left out.
   */
  readonly url: string;
  /** @default set, get, mixed, batch and clear */
  readonly scenarios?: readonly Scenario[] | undefined;
  /** Of values for set, get, mixed and memory: bytes of JSON text, or like `64KB`. @default 1KB, 64KB, 1MB, 8MB */
  readonly sizes?: readonly (number | string)[] | undefined;
  /** Values of your own instead of generated records, for set, get and mixed. */
  readonly values?: readonly BenchValue[] | undefined;
  /** Callers at a time, 1 to 10,000. @default 4, and 2 above 4 MB */
  readonly callers?: number | undefined;
  /** Rounds that count, 1 to 1,000: each measures all contenders in turns. @default 5 */
  readonly rounds?: number | undefined;
  /**
   * Milliseconds of one contender in one round, 10 to 600,000; two thirds of it again for the wait. Below 50 the warm-up of small values
   * is shorter as well, too short for figures. @default 400
   */
  readonly durationMs?: number | undefined;
  /** Three short rounds: for a look, not for figures to publish. @default false */
  readonly quick?: boolean | undefined;
  /** Who is measured beside Offloop. Those that are not installed are skipped, and named. @default all */
  readonly peers?: readonly string[] | undefined;
  /** Offloop with each of these codecs, in all combinations with the three lists below. */
  readonly codecs?: readonly string[] | undefined;
  readonly compressions?: readonly string[] | undefined;
  readonly offloads?: readonly string[] | undefined;
  /** Sizes of the pool, 1 to 64 threads. */
  readonly threads?: readonly number[] | undefined;
  /** Keys in a clear, half of them under the prefix, 1,000 to 10,000,000. @default 400000 */
  readonly clearKeys?: number | undefined;
  /** Large calls a second in `busy`, above 0, up to 1,000. @default 8 */
  readonly largeRate?: number | undefined;
  /** An earlier run to compare with. */
  readonly baseline?: Report | undefined;
  /** Conditions that fail the run, like `get.1MB.wait.p99 > 5ms`: see `thresholds` of the report. */
  readonly failIf?: readonly string[] | undefined;
  /** What repeats the run; it goes into the report. */
  readonly command?: string | undefined;
  /** When it fires, the run ends with its reason, and leaves no key behind. */
  readonly signal?: AbortSignal | undefined;
  readonly onOpen?: SessionSettings['onOpen'] | undefined;
  readonly onResult?: ((result: Result) => void) | undefined;
  readonly onProgress?: ((progress: BenchProgress) => void) | undefined;
  /** Called with what there is, marked as `incomplete`, where a run rejects after its first table. */
  readonly onIncomplete?: ((report: Report) => void) | undefined;
}

/** The options with every default filled in and every bound checked. */
export interface BenchSettings {
  readonly scale: Scale;
  readonly scenarios: readonly Scenario[];
  readonly peers: readonly PeerId[];
  readonly variants: readonly Variant[];
  readonly callers: number | undefined;
  readonly largeRate: number;
  readonly thresholds: readonly Threshold[];
}

const KNOWN: ReadonlySet<string> = new Set([
  'url',
  'scenarios',
  'sizes',
  'values',
  'callers',
  'rounds',
  'durationMs',
  'quick',
  'peers',
  'codecs',
  'compressions',
  'offloads',
  'threads',
  'clearKeys',
  'largeRate',
  'baseline',
  'failIf',
  'command',
  'signal',
  'onOpen',
  'onResult',
  'onProgress',
  'onIncomplete',
] satisfies (keyof BenchOptions)[]);

const DEFAULT_SCENARIOS: readonly Scenario[] = ['set', 'get', 'mixed', 'batch', 'clear'];
/** What the wait takes of a round, beside CPU and latency. */
const WAIT_SHARE = 0.625;
/** Who asks for rounds that are briefer than the quick ones wants to see it run, and not to wait until all is compiled. */
const WARM_UP_TIMES = 16;
/** Words that `compressions` takes. */
export const COMPRESSIONS = ['none', 'gzip', 'brotli', 'zstd'] as const satisfies readonly (
  | 'none'
  | CompressionAlgorithm
)[];
const CODECS: readonly string[] = ['auto', ...new CodecRegistry().names];
const OFFLOADS = ['auto', 'always', 'never'] as const;

/** Fills in and checks. Throws `ERR_OPTION` that names the option, its bounds and what was received. */
export function resolveBench(options: BenchOptions): BenchSettings {
  assertKnownOptions(options, KNOWN, 'bench');
  assertRunOptions(options, 'bench');
  const { scenarios, sizes, values, peers, failIf } = options;
  if (values !== undefined) valuesOf('values', values);
  const base = options.quick ? QUICK : FULL;
  const budgetMs = inRange('durationMs', options.durationMs ?? base.budgetMs, [10, 600_000]);
  return {
    scale: {
      ...base,
      budgetMs,
      waitBudgetMs: budgetMs * WAIT_SHARE,
      smallWarmUpMs: Math.max(base.warmUpMs, Math.min(base.smallWarmUpMs, budgetMs * WARM_UP_TIMES)),
      rounds: whole('rounds', options.rounds ?? base.rounds, [1, 1_000]),
      clearKeys: whole('clearKeys', options.clearKeys ?? base.clearKeys, [1_000, 10_000_000]),
      sizes: sizes === undefined ? base.sizes : filledListOf('sizes', sizes).map(bytesOf),
    },
    scenarios: filledListOf('scenarios', scenarios ?? DEFAULT_SCENARIOS).map((name) =>
      oneOf('scenarios', name, SCENARIOS),
    ),
    peers: ['offloop', ...peersOf(listOf('peers', peers ?? PEER_IDS)).filter((id) => id !== 'offloop')],
    variants: variantsOf(options),
    callers: options.callers === undefined ? undefined : whole('callers', options.callers, [1, 10_000]),
    largeRate: inRange('largeRate', options.largeRate ?? LARGE_RATE, [0.001, 1_000]),
    thresholds: listOf('failIf', failIf ?? []).map(parseThreshold),
  };
}

/** All combinations of what is to be compared; what is not named stays at its default. */
function variantsOf({ codecs, compressions, offloads, threads }: BenchOptions): Variant[] {
  const axes: readonly Variant[][] = [
    listOf('codecs', codecs ?? []).map((name) => ({ codec: oneOf('codecs', name, CODECS) })),
    listOf('compressions', compressions ?? []).map((name) => ({
      compression: oneOf('compressions', name, COMPRESSIONS),
    })),
    listOf('offloads', offloads ?? []).map((name) => ({ offload: oneOf('offloads', name, OFFLOADS) })),
    listOf('threads', threads ?? []).map((count) => ({ threads: whole('threads', count, [1, 64]) })),
  ];
  const used = axes.filter((axis) => axis.length > 0);
  if (used.length === 0) return [];
  return used.reduce<Variant[]>(
    (all, axis) => all.flatMap((variant) => axis.map((part) => ({ ...variant, ...part }))),
    [{}],
  );
}

function peersOf(names: readonly string[]): PeerId[] {
  return names.map((name) => {
    if (isPeerId(name)) return name;
    throw new OffloopError(
      'ERR_OPTION',
      `peers takes ${PEER_IDS.join(', ')}; received ${JSON.stringify(String(name).slice(0, 40))}`,
    );
  });
}

function bytesOf(size: number | string): number {
  return whole('sizes', typeof size === 'string' ? parseByteSize(size) : size, [1, 512 * 1024 ** 2]);
}

/** One of these words, else `ERR_OPTION`. */
export function oneOf<T extends string>(name: string, value: unknown, known: readonly T[]): T {
  const found = known.find((word) => word === value);
  if (found !== undefined) return found;
  const received = typeof value === 'string' ? JSON.stringify(value.slice(0, 40)) : describe(value);
  throw new OffloopError('ERR_OPTION', `${name} takes ${known.join(', ')}; received ${received}`);
}

/** A whole number within bounds, else `ERR_OPTION`. */
export function whole(name: string, value: unknown, bounds: readonly [number, number]): number {
  const number = inRange(name, value, bounds);
  if (Number.isInteger(number)) return number;
  throw new OffloopError('ERR_OPTION', `${name} must be a whole number, received ${describe(value)}`);
}

/** A number within bounds, else `ERR_OPTION`. */
export function inRange(name: string, value: unknown, [min, max]: readonly [number, number]): number {
  if (typeof value === 'number' && value >= min && value <= max) return value;
  throw new OffloopError(
    'ERR_OPTION',
    `${name} must be a number of ${min} to ${max}, received ${describe(value)}`,
  );
}
