import type { MainCpuClock } from './main-cpu.js';
import type { OpenPeer, PeerId } from './peers/registry.js';
import type { RedisAdmin } from './redis-admin.js';
import type { Result } from './result.js';
import type { RoundSettings } from './rounds.js';
/** How long and how large a run is. */
export interface Scale {
    readonly quick: boolean;
    readonly rounds: number;
    readonly budgetMs: number;
    readonly waitBudgetMs: number;
    readonly warmUpMs: number;
    /** Sizes of a value for get and set, in bytes of its JSON text. */
    readonly sizes: readonly number[];
    /** Keys in a clear, half of them under the prefix. */
    readonly clearKeys: number;
    /** Calls of one memory probe for a value of 1 MB; fewer for larger ones. */
    readonly memoryCalls: number;
}
export declare const FULL: Scale;
/** For a look, and for CI: three short rounds, all in less than two minutes. */
export declare const QUICK: Scale;
/** A value of the user's own. */
export interface BenchValue {
    /** What it is called in a table's head. */
    readonly label: string;
    /** Of its JSON text. */
    readonly bytes: number;
    readonly value: unknown;
}
/** What every scenario is handed. */
export interface Bench {
    readonly url: string;
    /** What every key of this run begins with. */
    readonly prefix: string;
    readonly admin: RedisAdmin;
    readonly clock: MainCpuClock;
    readonly scale: Scale;
    /** What gets and sets carry; absent: records of the scale's sizes. */
    readonly values?: readonly BenchValue[] | undefined;
    /** Callers at a time; absent: by the size of the value. */
    readonly callers?: number | undefined;
    /** Peers, with default settings but for the variants of Offloop, open for the whole run. */
    readonly peers: readonly OpenPeer[];
    /** Takes a result as soon as it is there. */
    emit(result: Result): void;
    /** When it fires, the run ends with its reason at the next pass. */
    readonly signal: AbortSignal | undefined;
    /** Called with each pass that ended. */
    readonly onPass: (() => void) | undefined;
}
/** Those of these peers that are open, with default settings. */
export declare function peersOf(bench: Bench, ids: readonly PeerId[]): readonly OpenPeer[];
/** The turns of a run's scale. */
export declare function roundsOf({ scale, clock, signal, onPass }: Bench, callers: number): RoundSettings;
/** Callers at a time for a value of this size: those of a service that is busy, not one that is overrun. */
export declare function callersFor(bytes: number): number;
