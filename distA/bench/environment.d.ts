import type { IoredisClient } from './peers/ioredis-client.js';
/** What the figures were measured on. They mean nothing without it. */
export interface Environment {
    readonly node: string;
    readonly server: string;
    readonly cpu: string;
    readonly cores: number;
    readonly memory: string;
    readonly system: string;
    readonly mainCpuClock: string;
    /** Load of the last minute before the run: above the cores, others were measured too. */
    readonly loadBefore: number;
    readonly date: string;
    /** What the same fixed work took on one core here, in ms: tells a slower machine from slower code. */
    readonly machineMs: number;
}
export declare function describeEnvironment(admin: IoredisClient, mainCpuClock: string): Promise<Environment>;
export declare function renderEnvironment(environment: Environment): string;
