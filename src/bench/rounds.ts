import { performance } from 'node:perf_hooks';
import type { MainCpuClock } from './main-cpu.js';
import { type LoadedWait, type Measurable, measurable, type Operation, type Pass } from './measure.js';
import type { Figures } from './metrics.js';
import type { Variant } from './peers/peer.js';
import { Random } from './random.js';
import { percentile, type Summary, summarize } from './statistics.js';

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

// A percentile needs samples beyond it: with fewer, the largest value would pass for it.
const SAMPLES_FOR_P99 = 100;
const SAMPLES_FOR_P999 = 2_000;

/** {@link takeTurns} of contenders in this process. */
export function interleave(contenders: readonly Contender[], settings: RoundSettings): Promise<Row[]> {
  const entrants = contenders.map(
    ({ name, variant, operation }): Entrant => ({ name, variant, ...measurable(operation, settings.clock) }),
  );
  return takeTurns(entrants, settings);
}

/**
 * Measures entrants in turns (A B A B), after a warm-up of each. The order is another one in each round, because
 * whoever comes next pays for part of the garbage and the cold caches of the one before. Whoever fails is out, with
 * the reason in its row: its figures would be those of another amount of work.
 */
export async function takeTurns(entrants: readonly Entrant[], settings: TurnSettings): Promise<Row[]> {
  const states = entrants.map((entrant) => ({
    entrant,
    passes: [] as Pass[],
    waits: [] as LoadedWait[],
    failure: undefined as string | undefined,
  }));
  const {
    callers,
    budgetMs,
    waitBudgetMs,
    warmUpMs,
    keepsGarbage,
    leastRounds = 0,
    timeMs = Number.POSITIVE_INFINITY,
  } = settings;
  const start = performance.now();
  for (let round = -1; round < settings.rounds; round += 1) {
    if (round >= leastRounds && performance.now() - start > timeMs) break;
    for (const state of shuffled(states, round)) {
      settings.signal?.throwIfAborted();
      settings.onPass?.();
      if (state.failure !== undefined) continue;
      try {
        if (round < 0) {
          await state.entrant.warmUp({ callers, budgetMs: warmUpMs });
          continue;
        }
        state.passes.push(await state.entrant.pass({ callers, budgetMs, keepsGarbage }));
        if (waitBudgetMs === 0) continue;
        state.waits.push(await state.entrant.wait({ callers, budgetMs: waitBudgetMs, keepsGarbage }));
      } catch (error) {
        state.failure = reasonOf(error);
      }
    }
  }
  return states.map(({ entrant: { name, variant }, passes, waits, failure }) => ({
    peer: name,
    ...(variant && { variant }),
    ...(failure === undefined
      ? { figures: { ...figuresOf(passes), ...waitFigures(waits) } }
      : { figures: {}, failure }),
  }));
}

/** A fair order that is the same in every run. */
export function shuffled<T>(list: readonly T[], seed: number): T[] {
  const random = new Random(seed);
  return list
    .map((item) => ({ item, place: random.next() }))
    .sort((left, right) => left.place - right.place)
    .map(({ item }) => item);
}

/** The first line of what went wrong, cut: some libraries put the whole command, value and all, into a message. */
export function reasonOf(error: unknown): string {
  // Its message names files of this machine, and the report is for others too.
  if (error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND') {
    return 'its package is not installed';
  }
  const message = error instanceof Error ? error.message : String(error);
  return (message.split('\n')[0] ?? '').slice(0, 160);
}

/** Figures of several passes: of CPU, throughput and p50 each round's, of the tail that of all samples together. */
function figuresOf(passes: readonly Pass[]): Figures {
  const all = Float64Array.from(passes.flatMap((pass) => [...pass.latenciesMs])).sort();
  const tail = (share: number, needed: number): Summary | undefined =>
    all.length < needed
      ? undefined
      : {
          // Each round's beside that of all: one figure alone would say nothing of how far it can be trusted.
          ...summarize(passes.map((pass) => percentile(pass.latenciesMs.toSorted(), share))),
          median: percentile(all, share),
        };
  const p99Ms = tail(0.99, SAMPLES_FOR_P99);
  const p999Ms = tail(0.999, SAMPLES_FOR_P999);
  return {
    mainCpuMs: summarize(passes.map((pass) => pass.mainCpuMs)),
    processCpuMs: summarize(passes.map((pass) => pass.processCpuMs)),
    throughput: summarize(passes.map((pass) => (pass.calls / pass.wallMs) * 1000)),
    p50Ms: summarize(passes.map((pass) => percentile(pass.latenciesMs.toSorted(), 0.5))),
    ...(p99Ms && { p99Ms }),
    ...(p999Ms && { p999Ms }),
    maxMs: summarize([percentile(all, 1)]),
    samples: summarize([all.length]),
  };
}

function waitFigures(waits: readonly LoadedWait[]): Figures {
  if (waits.length === 0) return {};
  return {
    waitMeanMs: summarize(waits.map((wait) => wait.meanMs)),
    waitP99Ms: summarize(waits.map((wait) => wait.p99Ms)),
    waitMaxMs: summarize(waits.map((wait) => wait.maxMs)),
    waitOwnMaxMs: summarize(waits.map((wait) => wait.ownMaxMs)),
    waitRanMaxMs: summarize(waits.map((wait) => wait.ranMaxMs)),
    // The mean wait times the time is what all gaps held back; a call's share of it does not depend on how many there were.
    blockingUs: summarize(waits.map(({ meanMs, wallMs, calls }) => (meanMs * wallMs) / calls)),
  };
}
