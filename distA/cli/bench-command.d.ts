import type { Command } from 'commander';
import type { Report } from '../bench/report-data.js';
import type { CommandContext } from './program.js';
import { type RedisFlags } from './redis-session.js';
interface BenchFlags extends RedisFlags {
    readonly scenarios?: string[];
    readonly sizes?: string[];
    readonly sample?: string;
    readonly callers?: number;
    readonly rounds?: number;
    readonly duration?: number;
    readonly quick?: boolean;
    readonly peers?: string[];
    readonly codecs?: string[];
    readonly compressions?: string[];
    readonly offloads?: string[];
    readonly threads?: number[];
    readonly clearKeys?: number;
    readonly largeRate?: number;
    readonly baseline?: string;
    readonly failIf?: string[];
    readonly output?: string;
    readonly report?: string;
    readonly json?: boolean;
}
/** `offloop bench`: Offloop beside others, on a real Redis. */
export declare function addBench(program: Command, context: CommandContext): void;
/** Where the figures were asked to go. */
export declare function writeResults(report: Report, flags: Pick<BenchFlags, 'output' | 'report' | 'json'>): Promise<void>;
export {};
