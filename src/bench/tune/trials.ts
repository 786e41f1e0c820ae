import type { BenchValue } from '../bench.js';
import type { MainCpuClock } from '../main-cpu.js';
import type { Figures } from '../metrics.js';
import { optionsOf } from '../peers/registry.js';
import type { RedisAdmin } from '../redis-admin.js';
import { reasonOf, takeTurns } from '../rounds.js';
import { summarize } from '../statistics.js';
import { idOf, labelOf, variantOf } from './candidates.js';
import type { ObjectiveSpec } from './objective.js';
import { openApart, openHere, type TrialPlace } from './trial-place.js';
import type { Candidate, Trial, TuneLoad } from './tuning.js';

const MOST_PROCESSES = 8;

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

interface Opened {
  readonly candidate: Candidate;
  readonly place: TrialPlace;
  /** The mean of the values' stored sizes. */
  readonly storedBytes: number;
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
export async function measureCandidates(
  ground: TrialGround,
  { candidates, stage }: { readonly candidates: readonly Candidate[]; readonly stage: Stage },
): Promise<Measured> {
  // Processes take memory: not more of them at a time than a search has finalists, unless it is exhaustive.
  const groups = stage.effort.apart ? chunksOf(candidates, MOST_PROCESSES) : [candidates];
  const measured: Measured = { trials: [], unfit: [] };
  for (const group of groups) {
    const { trials, unfit } = await measureGroup(ground, group, stage);
    measured.trials.push(...trials);
    measured.unfit.push(...unfit);
  }
  return measured;
}

async function measureGroup(
  ground: TrialGround,
  candidates: readonly Candidate[],
  { number, effort, callers }: Stage,
): Promise<Measured> {
  const opened: Opened[] = [];
  const unfit: Unfit[] = [];
  try {
    for (const candidate of candidates) {
      ground.signal?.throwIfAborted();
      try {
        opened.push(await open(ground, candidate, effort.apart));
      } catch (error) {
        unfit.push({ candidate, reason: reasonOf(error) });
      }
    }
    const rows = await takeTurns(
      opened.map(({ candidate, place }) => ({
        name: idOf(candidate),
        variant: variantOf(candidate),
        ...place,
      })),
      {
        ...effort,
        waitBudgetMs: ground.objective.needsWait ? effort.budgetMs : 0,
        callers,
        keepsGarbage: true,
        signal: ground.signal,
        onPass: ground.onPass,
      },
    );
    const trials = opened.flatMap(({ candidate, storedBytes }): Trial[] => {
      const row = rows.find(({ peer }) => peer === idOf(candidate));
      const figures: Figures = { ...row?.figures, storedBytes: summarize([storedBytes]) };
      const score = ground.objective.score(figures, ground.load, callers);
      if (row && row.failure === undefined && score) {
        return [{ candidate, label: labelOf(candidate), stage: number, score, figures }];
      }
      unfit.push({ candidate, reason: row?.failure ?? 'nothing was measured' });
      return [];
    });
    return { trials, unfit };
  } finally {
    await Promise.all(opened.map(({ place }) => place.close()));
  }
}

async function open(ground: TrialGround, candidate: Candidate, apart: boolean): Promise<Opened> {
  const { url, values, load, admin, clock } = ground;
  const prefix = `${ground.prefix}tune:${idOf(candidate)}:`;
  const setup = {
    target: { url, prefix, offloop: optionsOf(variantOf(candidate)) },
    mix: {
      values: values.map(({ value }) => value),
      writeShare: load.writesPerSecond / (load.readsPerSecond + load.writesPerSecond),
    },
  };
  const place = apart ? await openApart(setup) : await openHere(setup, clock);
  let bytes = 0;
  for (const index of values.keys()) bytes += await admin.redis.strlen(`${prefix}${index}`);
  return { candidate, place, storedBytes: bytes / values.length };
}

function chunksOf<T>(list: readonly T[], length: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / length) }, (_, index) =>
    list.slice(index * length, (index + 1) * length),
  );
}
