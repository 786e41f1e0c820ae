/** The scheduler's account of the main thread, since it started. */
export interface Schedstat {
    /** On a core. While the thread runs, this lags by milliseconds. */
    cpuMs(): number;
    /** Ready to run, but on no core, because others were on them. */
    waitedMs(): number;
    close(): void;
}
/** Opens it where the kernel keeps one: Linux with CONFIG_SCHED_INFO. */
export declare function openSchedstat(): Schedstat | undefined;
