import { performance } from 'node:perf_hooks';
import { axesFor, defaultCandidate, gridOf, idOf } from './candidates.js';
import { choose, type ObjectiveSpec, ranked, timesWorse } from './objective.js';
import { type Effort, measureCandidates, type TrialGround, type Unfit } from './trials.js';
import type { Candidate, Trial } from './tuning.js';

/** What a search is over, and how long it may take. */
export interface SearchSettings {
  readonly ground: TrialGround;
  readonly cores: number;
  /** Those that cannot be had here are left out: zstd before Node 22.15, packages that are not installed. */
  readonly codecs: readonly string[];
  readonly compressions: readonly Candidate['compression'][];
  /** 1 is the default; what a pass takes is multiplied by it. */
  readonly pace: number;
  readonly exhaustive: boolean;
}

/** What a search found. */
export interface Found {
  readonly choice: Trial;
  readonly runnerUp: Trial | undefined;
  readonly defaults: Trial;
  /** The best first. */
  readonly trials: readonly Trial[];
}

/** What the short looks have in common. */
const SHORT = { timeMs: 10_000, leastRounds: 2, apart: false } as const;
const FIRST: Effort = { ...SHORT, rounds: 3, budgetMs: 40, warmUpMs: 80 };
const SECOND: Effort = { ...SHORT, rounds: 5, budgetMs: 80, warmUpMs: 60 };
const WIDE: Effort = { ...SHORT, rounds: 3, budgetMs: 60, warmUpMs: 60 };
/**
 * Rounds, since they are compared one by one, in each of which the engine collects garbage some times. The warm-up is that of a new
 * process, whose code the engine has not compiled.
 */
const FULL: Effort = {
  rounds: 17,
  budgetMs: 140,
  warmUpMs: 600,
  timeMs: 20_000,
  leastRounds: 3,
  apart: true,
};
/** What a search may take in all, about: where the machine is slow, the final rounds are fewer, but have half of their time at least. */
const SEARCH_MS = 60_000;
/** Pairs of codec and compression that are tried with every setting of the pool. */
const KEPT_PAIRS = 3;
const FINALISTS = 5;
/** One for CPU and latency, one for the wait. */
const PASSES_A_ROUND = 2;
const MAX_CALLERS = 16;
/** The most of the main thread that a load can be given to one process. */
const FULL_LOAD = 0.8;

/**
 * Successive halving (Jamieson and Talwalkar, 2016): first every pair of codec and compression, briefly and with the default pool;
 * the better half again, for longer; the best three with every setting of inline limit, threads and tasks; those
 * three with the default pool, the best of the others, and the defaults, in the final rounds. The defaults are never dropped.
 */
export async function search(settings: SearchSettings): Promise<Found> {
  const { ground, cores } = settings;
  const base = defaultCandidate(cores);
  const board = new Board(base, ground.objective);
  const start = performance.now();
  const run = async (
    candidates: readonly Candidate[],
    { number, effort, callers }: { number: number; effort: Effort; callers: number },
  ) => {
    const fit = board.fit(candidates);
    const paced = pacedFor(fit.length, effort, settings);
    const { trials, unfit } = await measureCandidates(ground, {
      candidates: fit,
      stage: { number, effort: paced, callers },
    });
    board.take(trials, unfit);
    return trials;
  };

  const pairs = settings.codecs.flatMap((codec) =>
    settings.compressions.map((compression) => ({ ...base, codec, compression })),
  );
  const first = distinct(await run(pairs, { number: 1, effort: FIRST, callers: 1 }), board);
  const callers = ground.objective.callers ?? callersUnder(ground, board.ofDefaults());
  const axesOf = (trials: readonly Trial[]) =>
    axesFor(
      trials.map(({ figures }) => figures.storedBytes?.median ?? 0),
      cores,
    );
  let finalists: readonly Candidate[];
  if (settings.exhaustive) {
    finalists = gridOf(
      first.map(({ candidate }) => candidate),
      axesOf(first),
    );
  } else {
    const half = board.best(first, Math.max(KEPT_PAIRS + 1, Math.ceil(first.length / 2)));
    const second = await run(half, { number: 2, effort: SECOND, callers });
    const kept = board.best(second, KEPT_PAIRS);
    const wide = gridOf(
      kept,
      axesOf(second.filter(({ candidate }) => kept.some((pair) => idOf(pair) === idOf(candidate)))),
    );
    const third = await run(wide, { number: 3, effort: WIDE, callers });
    // The pool matters least: each pair has another look with the default one, whatever a short look made of it.
    const usual = third.filter(({ candidate }) => isUsual(candidate, base)).map(({ candidate }) => candidate);
    const others = third.filter(({ candidate }) => !isUsual(candidate, base));
    finalists = [...usual, ...board.leading(others, FINALISTS - usual.length)];
  }
  const left = SEARCH_MS - (performance.now() - start) / settings.pace;
  const timeMs = Math.min(FULL.timeMs, Math.max(FULL.timeMs / 2, left));
  const final = await run(withBase(finalists, base), { number: 4, effort: { ...FULL, timeMs }, callers });
  return board.result(final);
}

/** A stage of many candidates looks at each of them for less long, so that the rounds that it takes at least end in its time. */
function pacedFor(candidates: number, effort: Effort, { pace, exhaustive }: SearchSettings): Effort {
  const timeMs = exhaustive ? Number.POSITIVE_INFINITY : effort.timeMs * pace;
  const passes = effort.leastRounds * PASSES_A_ROUND * candidates;
  return { ...effort, budgetMs: Math.min(effort.budgetMs * pace, timeMs / passes), timeMs };
}

/**
 * By Little's law; a power of two, so that noise does not make it another in every run. Of a load that is more than one process
 * can carry, only as much as it can: what waits in a queue that grows says nothing about a codec.
 */
function callersUnder({ load }: TrialGround, defaults: Trial): number {
  const { throughput, mainCpuMs } = defaults.figures;
  const carried = (FULL_LOAD * 1_000) / (mainCpuMs?.median ?? 0);
  const perSecond = Math.min(load.readsPerSecond + load.writesPerSecond, carried);
  const atOnce = perSecond / (throughput?.median ?? Number.POSITIVE_INFINITY);
  return Math.min(MAX_CALLERS, 2 ** Math.max(0, Math.round(Math.log2(Math.max(1, atOnce)))));
}

/** `auto` takes one of the codecs: one that stores as many bytes without compression is the same, and is measured as `auto` alone. */
function distinct(trials: readonly Trial[], board: Board): Trial[] {
  const plain = (name: string): number | undefined =>
    trials.find(({ candidate: { codec, compression } }) => codec === name && compression === 'none')?.figures
      .storedBytes?.median;
  const same = (['columns', 'graph'] as const).filter((name) => plain(name) === plain('auto'));
  return trials.filter((trial) => {
    const repeats = same.some((name) => name === trial.candidate.codec);
    if (repeats) board.drop(trial, 'auto stores these values the same way');
    return !repeats;
  });
}

function isUsual({ inlineLimitBytes, threads, tasksPerThread }: Candidate, base: Candidate): boolean {
  return (
    inlineLimitBytes === base.inlineLimitBytes &&
    threads === base.threads &&
    tasksPerThread === base.tasksPerThread
  );
}

function withBase(candidates: readonly Candidate[], base: Candidate): readonly Candidate[] {
  return candidates.some((candidate) => idOf(candidate) === idOf(base)) ? candidates : [...candidates, base];
}

/** What is known of every candidate so far. */
export class Board {
  readonly #base: Candidate;
  readonly #objective: ObjectiveSpec;
  readonly #trials = new Map<string, Trial>();
  /** Of every stage, for scores are compared within one alone. */
  readonly #stages = new Map<number, Map<string, Trial>>();
  readonly #unfit = new Map<string, string>();

  constructor(base: Candidate, objective: ObjectiveSpec) {
    this.#base = base;
    this.#objective = objective;
  }

  take(trials: readonly Trial[], unfit: readonly Unfit[]): void {
    for (const trial of trials) {
      const id = idOf(trial.candidate);
      this.#trials.set(id, trial);
      this.#stages.set(trial.stage, (this.#stages.get(trial.stage) ?? new Map()).set(id, trial));
    }
    for (const { candidate, reason } of unfit)
      this.#unfit.set(`${candidate.codec}-${candidate.compression}`, reason);
  }

  drop(trial: Trial, dropped: string): void {
    this.#trials.set(idOf(trial.candidate), { ...trial, dropped });
  }

  fit(candidates: readonly Candidate[]): Candidate[] {
    return candidates.filter(({ codec, compression }) => !this.#unfit.has(`${codec}-${compression}`));
  }

  /** The best of these at a glance, the defaults always among them. */
  best(trials: readonly Trial[], count: number): readonly Candidate[] {
    return withBase(this.leading(trials, count), this.#base);
  }

  /** The same without the defaults, where they are not among the best. */
  leading(trials: readonly Trial[], count: number): readonly Candidate[] {
    const { better, glance } = this.#objective;
    const order = glance
      ? trials.toSorted(
          (left, right) => glance(left.score, left.figures) - glance(right.score, right.figures),
        )
      : ranked(trials, better);
    return order.slice(0, count).map(({ candidate }) => candidate);
  }

  ofDefaults(): Trial {
    const trial = this.#trials.get(idOf(this.#base));
    if (trial) return trial;
    // Offloop itself refuses the sample: its reason is the error.
    throw new Error(
      this.#unfit.get(`${this.#base.codec}-${this.#base.compression}`) ?? 'nothing was measured',
    );
  }

  result(final: readonly Trial[]): Found {
    const { better } = this.#objective;
    const choice = choose(final, { better, base: this.#base });
    if (!choice) throw new Error('nothing was measured');
    const others = ranked(final, better).filter(({ candidate }) => candidate !== choice.candidate);
    const last = choice.stage;
    const told = [...this.#trials.values()].map((trial): Trial => {
      if (trial.candidate === choice.candidate || trial.dropped !== undefined) return trial;
      const { trial: other, name } = this.#choiceIn(trial.stage, choice);
      const times = timesWorse(trial.score, other.score, better);
      const where = trial.stage === last ? 'in the final rounds' : `in stage ${trial.stage}`;
      return { ...trial, dropped: `${times.toFixed(2)} times as bad as ${name} ${where}` };
    });
    const rest = ranked(
      told.filter(({ candidate }) => candidate !== choice.candidate),
      better,
    );
    // Scores of an early stage have been taken with one caller and for a moment: those that went further come first.
    const trials = [choice, ...rest.toSorted((left, right) => right.stage - left.stage)];
    return { choice, runnerUp: others[0], defaults: this.ofDefaults(), trials };
  }

  /** The choice as a stage saw it: the first ones had its codec and compression with the default pool alone. */
  #choiceIn(stage: number, choice: Trial): { readonly trial: Trial; readonly name: string } {
    const seen = this.#stages.get(stage);
    const itself = seen?.get(idOf(choice.candidate));
    if (itself) return { trial: itself, name: 'the choice' };
    const { codec, compression } = choice.candidate;
    const pair = seen?.get(idOf({ ...this.#base, codec, compression }));
    if (pair) return { trial: pair, name: 'the choice with the default pool' };
    throw new Error(`the choice was not in stage ${stage}`);
  }
}
