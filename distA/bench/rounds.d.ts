import type { MainCpuClock } from './main-cpu.js';
import { type Measurable, type Operation } from './measure.js';
import type { Figures } from './metrics.js';
import type { Variant } from './peers/peer.js';
/** One of those that take turns. */
export interface Contender {
    readonly name: string;
    readonly variant?: Variant | undefined;
    readonly operation: Operation;
}
/** One of those that take turns, wherever it runs. */
export interface Entrant extends Measurable {
    readonly name: string;
    readonly variant?: Variant | undefined;
}
/** How the turns are taken, by entrants that have a clock of their own. */
export interface TurnSettings {
    readonly rounds: number;
    readonly callers: number;
    readonly warmUpMs: number;
    /** Of the pass for CPU and latency. */
    readonly budgetMs: number;
    /** Of the pass for the wait; 0 leaves it out. */
    readonly waitBudgetMs: number;
    /** See {@link Load.keepsGarbage}. */
    readonly keepsGarbage?: boolean | undefined;
    /** No further round begins after so long, where the least has been taken. @default no limit */
    readonly timeMs?: number | undefined;
    /** Rounds that are taken however long they are. @default 0 */
    readonly leastRounds?: number | undefined;
    /** When it fires, the turns end with its reason. */
    readonly signal?: AbortSignal | undefined;
    /** Called with each turn that ended, the warm-ups among them. */
    readonly onPass?: (() => void) | undefined;
}
/** How the turns are taken in this process. */
export interface RoundSettings extends TurnSettings {
    readonly clock: MainCpuClock;
}
/** A row of a result: what a contender reached, or why it did not. */
export interface Row {
    readonly peer: string;
    /** Settings of Offloop that this row is about; absent for other peers and for the defaults. */
    readonly variant?: Variant;
    readonly figures: Figures;
    /** Whether it gave back what was put in; absent where that was not asked. */
    readonly kept?: boolean;
    readonly failure?: string;
}
/** {@link takeTurns} of contenders in this process. */
export declare function interleave(contenders: readonly Contender[], settings: RoundSettings): Promise<Row[]>;
/**
 * Measures entrants in turns (A B A B), after a warm-up of each. The order is another one in each round, because
 * whoever comes next pays for part of the garbage and the cold caches of the one before. Whoever fails is out, with
 * the reason in its row: its figures would be those of another amount of work.
 */
export declare function takeTurns(entrants: readonly Entrant[], settings: TurnSettings): Promise<Row[]>;
/** A fair order that is the same in every run. */
export declare function shuffled<T>(list: readonly T[], seed: number): T[];
/** The first line of what went wrong, cut: some libraries put the whole command, value and all, into a message. */
export declare function reasonOf(error: unknown): string;
