/** The key of its own tests, written as it is unless it is told to vary it. */
export declare const BENCHMARK_KEY = "key:__rand_int__";
/** What Redis's own C client reaches for one command and size: the limit that no JavaScript client gets past. */
interface RedisBenchmarkFigures {
    readonly throughput: number;
    readonly p50Ms: number;
    readonly p99Ms: number;
}
/** One run: a command, its value's size, and how many requests by how many clients. */
interface RedisBenchmarkRun {
    readonly url: string;
    readonly command: 'get' | 'set';
    readonly bytes: number;
    readonly clients: number;
    readonly requests: number;
    /** Ends it after this many milliseconds; it then rejects. */
    readonly timeoutMs: number;
}
/**
 * Runs `redis-benchmark`. Rejects where it is not on the PATH, and for a URL with credentials or TLS: a password
 * would have to go on its command line, where every user of the machine can read it.
 */
export declare function redisBenchmark(options: RedisBenchmarkRun): Promise<RedisBenchmarkFigures>;
export {};
