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
  /** The same for values of up to 16 KB, of which a call takes well under a millisecond. */
  readonly smallWarmUpMs: number;
  /** Sizes of a value for get and set, in bytes of its JSON text. */
  readonly sizes: readonly number[];
  /** Keys in a clear, half of them under the prefix. */
  readonly clearKeys: number;
  /** Calls of one memory probe for a value of 1 MB; fewer for larger ones. */
  readonly memoryCalls: number;
}

const KB = 1024;
const MB = 1024 * KB;
/** A call with such a value costs what its code costs, and not what its bytes do. */
const SMALL_BYTES = 16 * KB;

export const FULL: Scale = {
  quick: false,
  rounds: 5,
  budgetMs: 400,
  waitBudgetMs: 250,
  warmUpMs: 400,
  // The engine compiles what is called often, but only in time: after 400 ms whoever has more code is measured while that is interpreted.
  smallWarmUpMs: 800,
  sizes: [KB, 64 * KB, MB, 8 * MB],
  clearKeys: 400_000,
  memoryCalls: 64,
};

/** For a look, and for CI: three short rounds, all in less than two minutes. */
export const QUICK: Scale = {
  ...FULL,
  quick: true,
  rounds: 3,
  budgetMs: 50,
  waitBudgetMs: 50,
  warmUpMs: 100,
  clearKeys: 60_000,
  memoryCalls: 16,
};

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
export function peersOf(bench: Bench, ids: readonly PeerId[]): readonly OpenPeer[] {
  return bench.peers.filter((peer) => ids.includes(peer.peer) && !peer.variant);
}

/** What takes turns. */
interface Turns {
  /** Callers at a time. */
  readonly callers: number;
  /** Of a value, where the code has yet to be compiled. @default not small */
  readonly coldBytes?: number | undefined;
}

/** The turns of a run's scale. */
export function roundsOf(
  { scale, clock, signal, onPass }: Bench,
  { callers, coldBytes = Number.POSITIVE_INFINITY }: Turns,
): RoundSettings {
  const { rounds, budgetMs, waitBudgetMs } = scale;
  const warmUpMs = coldBytes <= SMALL_BYTES ? scale.smallWarmUpMs : scale.warmUpMs;
  return { rounds, budgetMs, waitBudgetMs, warmUpMs, callers, clock, signal, onPass };
}

/** Callers at a time for a value of this size: those of a service that is busy, not one that is overrun. */
export function callersFor(bytes: number): number {
  return bytes > 4 * MB ? 2 : 4;
}
