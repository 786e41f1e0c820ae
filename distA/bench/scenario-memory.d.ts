import { type Bench, type Scale } from './bench.js';
import type { MemoryAnswer, MemoryTask } from './memory-probe.js';
/** Peak RSS over idle under gets and sets, each in a fresh process. Sizes below 1 MB vanish in a process's noise. */
export declare function runMemory(bench: Bench): Promise<void>;
/** How many tables {@link runMemory} gives. */
export declare function countMemoryTables(scale: Scale): number;
/** Runs a probe in a fresh process. */
export declare function runProbe(task: MemoryTask): Promise<MemoryAnswer>;
