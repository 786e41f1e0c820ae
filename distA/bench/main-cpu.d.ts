/** CPU time of the main thread alone, in milliseconds since some fixed moment. */
export interface MainCpuClock {
    /** Where the figure comes from; it belongs beside every figure, as the sources differ in what they count. */
    readonly source: string;
    now(): number;
    close(): void;
}
/**
 * The best clock that this platform has: the scheduler's account of the thread on Linux, else
 * `process.threadCpuUsage()`, else the event loop's active time, which counts waiting for a core as work.
 */
export declare function openMainCpuClock(): MainCpuClock;
/**
 * Waits so that the kernel takes the main thread off its core and books what it used. The account of a running
 * thread lags by milliseconds; after a sleep it is exact. Call it before each reading that bounds a measurement.
 */
export declare function settle(): Promise<void>;
