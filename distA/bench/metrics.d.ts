import { formatByteSize } from './byte-size.js';
import type { Summary } from './statistics.js';
/** Everything that a scenario may measure: how a table shows it, and which way is better. */
export declare const METRICS: {
    mainCpuMs: {
        label: string;
        better: "less";
        format: typeof milliseconds;
    };
    processCpuMs: {
        label: string;
        better: "less";
        format: typeof milliseconds;
    };
    p50Ms: {
        label: string;
        better: "less";
        format: typeof milliseconds;
    };
    p99Ms: {
        label: string;
        better: "less";
        format: typeof milliseconds;
    };
    p999Ms: {
        label: string;
        better: "less";
        format: typeof milliseconds;
    };
    maxMs: {
        label: string;
        better: "less";
        format: typeof milliseconds;
    };
    throughput: {
        label: string;
        better: "more";
        format: typeof whole;
    };
    waitMeanMs: {
        label: string;
        better: "less";
        format: typeof milliseconds;
    };
    waitP99Ms: {
        label: string;
        better: "less";
        format: typeof milliseconds;
    };
    waitMaxMs: {
        label: string;
        better: "less";
        format: typeof milliseconds;
    };
    waitOwnMaxMs: {
        label: string;
        better: "less";
        format: typeof milliseconds;
    };
    waitRanMaxMs: {
        label: string;
        better: "less";
        format: typeof milliseconds;
    };
    blockingUs: {
        label: string;
        better: "less";
        format: typeof milliseconds;
    };
    clearMs: {
        label: string;
        better: "less";
        format: typeof milliseconds;
    };
    otherP99Ms: {
        label: string;
        better: "less";
        format: typeof milliseconds;
    };
    otherMaxMs: {
        label: string;
        better: "less";
        format: typeof milliseconds;
    };
    encodeMs: {
        label: string;
        better: "less";
        format: typeof milliseconds;
    };
    decodeMs: {
        label: string;
        better: "less";
        format: typeof milliseconds;
    };
    setMainCpuMs: {
        label: string;
        better: "less";
        format: typeof milliseconds;
    };
    getMainCpuMs: {
        label: string;
        better: "less";
        format: typeof milliseconds;
    };
    setP50Ms: {
        label: string;
        better: "less";
        format: typeof milliseconds;
    };
    getP50Ms: {
        label: string;
        better: "less";
        format: typeof milliseconds;
    };
    storedBytes: {
        label: string;
        better: "less";
        format: typeof formatByteSize;
    };
    peakRssBytes: {
        label: string;
        better: "less";
        format: typeof formatByteSize;
    };
    idleP50Ms: {
        label: string;
        better: "less";
        format: typeof milliseconds;
    };
    idleP99Ms: {
        label: string;
        better: "less";
        format: typeof milliseconds;
    };
    idleMaxMs: {
        label: string;
        better: "less";
        format: typeof milliseconds;
    };
    busyP50Ms: {
        label: string;
        better: "less";
        format: typeof milliseconds;
    };
    busyP99Ms: {
        label: string;
        better: "less";
        format: typeof milliseconds;
    };
    busyMaxMs: {
        label: string;
        better: "less";
        format: typeof milliseconds;
    };
    busyTimesIdle: {
        label: string;
        better: "less";
        format: typeof times;
    };
    lateP99Ms: {
        label: string;
        better: "less";
        format: typeof milliseconds;
    };
    largePerSecond: {
        label: string;
        better: "more";
        format: typeof whole;
    };
    largeMbPerSecond: {
        label: string;
        better: "more";
        format: typeof whole;
    };
    largeP50Ms: {
        label: string;
        better: "less";
        format: typeof milliseconds;
    };
    mainCpuPercent: {
        label: string;
        better: "less";
        format: typeof percent;
    };
    processCpuPercent: {
        label: string;
        better: "less";
        format: typeof percent;
    };
    errors: {
        label: string;
        better: "less";
        format: typeof whole;
    };
    samples: {
        label: string;
        better: "more";
        format: typeof whole;
    };
};
export type MetricId = keyof typeof METRICS;
/** A row's figures; what a contender or a scenario does not measure is absent. */
export type Figures = Readonly<Partial<Record<MetricId, Summary>>>;
export declare const METRIC_IDS: readonly MetricId[];
/** How many times the base a figure is: above 1 is worse where less is better. */
export declare function ratio(figure: Summary | undefined, base: Summary | undefined): number | undefined;
declare function milliseconds(value: number): string;
declare function times(value: number): string;
declare function percent(value: number): string;
declare function whole(value: number): string;
export {};
