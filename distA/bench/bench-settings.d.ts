import { type BenchValue, type Scale } from './bench.js';
import type { Variant } from './peers/peer.js';
import { type PeerId } from './peers/registry.js';
import type { Report } from './report-data.js';
import type { Result } from './result.js';
import type { SessionSettings } from './session.js';
import { type Threshold } from './thresholds.js';
/** What can be measured; `callers` is get and set of 1 KB by 200 callers, `busy` a service under requests (six minutes). */
export declare const SCENARIOS: readonly ['set', 'get', 'mixed', 'callers', 'batch', 'clear', 'codecs', 'memory', 'busy'];
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
    /** The server, as of `RedisBackend`. Keys are written under `offloop-bench:<random>:` and removed. */
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
    /** Milliseconds of one contender in one round, 10 to 600,000; two thirds of it again for the wait. @default 400 */
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
/** Words that `compressions` takes. */
export declare const COMPRESSIONS: readonly ["none", "gzip", "brotli", "zstd"];
/** Fills in and checks. Throws `ERR_OPTION` that names the option, its bounds and what was received. */
export declare function resolveBench(options: BenchOptions): BenchSettings;
/** One of these words, else `ERR_OPTION`. */
export declare function oneOf<T extends string>(name: string, value: unknown, known: readonly T[]): T;
/** A whole number within bounds, else `ERR_OPTION`. */
export declare function whole(name: string, value: unknown, bounds: readonly [number, number]): number;
/** A number within bounds, else `ERR_OPTION`. */
export declare function inRange(name: string, value: unknown, [min, max]: readonly [number, number]): number;
