import { type MainCpuClock } from './main-cpu.js';
import { type Wait } from './wait.js';
/** What is called over and over; the index grows by one with each call. */
export type Operation = (index: number) => Promise<unknown>;
/** How hard and how long. */
export interface Load {
    /** Callers at a time; each calls again as soon as its call is answered. */
    readonly callers: number;
    /** Callers begin no call after this many milliseconds. */
    readonly budgetMs: number;
    /**
     * Begins with what others left in the engine's young generation. For passes so short that the engine would collect nothing in them if
     * they began without: who leaves that to the engine would be better in them than in any service. @default false
     */
    readonly keepsGarbage?: boolean | undefined;
}
/** One pass under load, for CPU, latency and throughput. */
export interface Pass {
    /** Calls that were answered. */
    readonly calls: number;
    readonly wallMs: number;
    /** Main-thread CPU per call. */
    readonly mainCpuMs: number;
    /** CPU of all threads of this process per call: what moving work off the main thread costs elsewhere. */
    readonly processCpuMs: number;
    readonly latenciesMs: Float64Array;
}
/** How long others waited while so many calls were answered. */
export interface LoadedWait extends Wait {
    readonly calls: number;
}
/** A load whose CPU is taken by this clock. */
interface ClockedLoad extends Load {
    readonly clock: MainCpuClock;
}
/** Runs the load and takes CPU, latency and throughput. Nothing else may run on the main thread meanwhile. */
export declare function measurePass(operation: Operation, load: ClockedLoad): Promise<Pass>;
/** Runs the load with the sampler on, and answers how long the event loop made others wait. */
export declare function measureWait(operation: Operation, load: Load): Promise<LoadedWait>;
/** What can be asked of what is measured, wherever it runs. */
export interface Measurable {
    warmUp(load: Load): Promise<unknown>;
    pass(load: Load): Promise<Pass>;
    wait(load: Load): Promise<LoadedWait>;
}
/** An operation of this process. */
export declare function measurable(operation: Operation, clock: MainCpuClock): Measurable;
/** Runs the load, every caller at least once, and answers each call's latency. */
export declare function underLoad(operation: Operation, load: Load): Promise<number[]>;
export {};
