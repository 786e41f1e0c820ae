import type { BenchValue } from '../bench.js';
import type { MainCpuClock } from '../main-cpu.js';
import type { RedisAdmin } from '../redis-admin.js';
import type { ObjectiveSpec } from './objective.js';
import type { Candidate, Trial, TuneLoad } from './tuning.js';
/** How hard a stage looks. */
export interface Effort {
    readonly rounds: number;
    readonly budgetMs: number;
    readonly warmUpMs: number;
    /** Rounds end after so long, where there have been the least: slow calls must not make a run of a minute one of ten. */
    readonly timeMs: number;
    readonly leastRounds: number;
    /** Whether each candidate runs in a process of its own. */
    readonly apart: boolean;
}
/** Where and on what candidates are measured. */
export interface TrialGround {
    /** Of the server, or of a proxy before it. */
    readonly url: string;
    readonly prefix: string;
    readonly values: readonly BenchValue[];
    readonly load: TuneLoad;
    readonly objective: ObjectiveSpec;
    readonly clock: MainCpuClock;
    readonly admin: RedisAdmin;
    readonly signal: AbortSignal | undefined;
    readonly onPass: () => void;
}
/** One stage of a search. */
export interface Stage {
    readonly number: number;
    readonly effort: Effort;
    readonly callers: number;
}
interface Measured {
    readonly trials: Trial[];
    readonly unfit: Unfit[];
}
/** A candidate that cannot store the sample, and why. */
export interface Unfit {
    readonly candidate: Candidate;
    readonly reason: string;
}
/**
 * Measures candidates in turns under the described mix of reads and writes. Each has its own backend, so its own connection and
 * pool; all are closed at the end. What refuses a value of the sample is unfit.
 */
export declare function measureCandidates(ground: TrialGround, { candidates, stage }: {
    readonly candidates: readonly Candidate[];
    readonly stage: Stage;
}): Promise<Measured>;
export {};
