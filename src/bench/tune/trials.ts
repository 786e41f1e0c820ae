import type { BenchValue } from '../bench.js';
import type { MainCpuClock } from '../main-cpu.js';
import type { Figures } from '../metrics.js';
import type { Peer } from '../peers/peer.js';
import { openPeer, optionsOf } from '../peers/registry.js';
import type { RedisAdmin } from '../redis-admin.js';
import { type Contender, interleave, reasonOf } from '../rounds.js';
import { summarize } from '../statistics.js';
import { idOf, labelOf, variantOf } from './candidates.js';
import type { ObjectiveSpec } from './objective.js';
import type { Candidate, Trial, TuneLoad } from './tuning.js';

/** How hard a stage looks. */
export interface Effort {
  readonly rounds: number;
  readonly budgetMs: number;
  readonly warmUpMs: number;
  /** Rounds end after so long, where there have been three: slow calls must not make a run of a minute one of ten. */
  readonly timeMs: number;
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
): Promise<{ trials: Trial[]; unfit: Unfit[] }> {
  const opened: { candidate: Candidate; peer: Peer; storedBytes: number }[] = [];
  const unfit: Unfit[] = [];
  try {
    for (const candidate of candidates) {
      ground.signal?.throwIfAborted();
      const prefix = `${ground.prefix}tune:${idOf(candidate)}:`;
      const peer = await openPeer('offloop', {
        url: ground.url,
        prefix,
        offloop: optionsOf(variantOf(candidate)),
      });
      try {
        opened.push({ candidate, peer, storedBytes: await store(ground, { peer, prefix }) });
      } catch (error) {
        unfit.push({ candidate, reason: reasonOf(error) });
        await peer.close();
      }
    }
    const { effort, callers } = stage;
    const rows = await interleave(
      opened.map(({ candidate, peer }) => contender(ground, { candidate, peer })),
      {
        ...effort,
        waitBudgetMs: ground.objective.needsWait ? effort.budgetMs : 0,
        callers,
        keepsGarbage: true,
        clock: ground.clock,
        signal: ground.signal,
        onPass: ground.onPass,
      },
    );
    const trials = opened.flatMap(({ candidate, storedBytes }): Trial[] => {
      const row = rows.find(({ peer }) => peer === idOf(candidate));
      const figures: Figures = { ...row?.figures, storedBytes: summarize([storedBytes]) };
      const score = ground.objective.score(figures, ground.load, callers);
      if (row && row.failure === undefined && score) {
        return [{ candidate, label: labelOf(candidate), stage: stage.number, score, figures }];
      }
      unfit.push({ candidate, reason: row?.failure ?? 'nothing was measured' });
      return [];
    });
    return { trials, unfit };
  } finally {
    await Promise.all(opened.map(({ peer }) => peer.close()));
  }
}

/** Stores every value, and answers the mean of their stored sizes. */
async function store(
  { values, admin }: TrialGround,
  { peer, prefix }: { readonly peer: Peer; readonly prefix: string },
): Promise<number> {
  let bytes = 0;
  for (const [index, { value }] of values.entries()) {
    await peer.set(`${index}`, value);
    // The first of its kind may be stored in another way than those that follow.
    await peer.set(`${index}`, value);
    bytes += await admin.redis.strlen(`${prefix}${index}`);
  }
  return bytes / values.length;
}

/** Reads and writes in the described proportion, spread evenly, over all values. */
function contender(
  { values, load }: TrialGround,
  { candidate, peer }: { readonly candidate: Candidate; readonly peer: Peer },
): Contender {
  const share = load.writesPerSecond / (load.readsPerSecond + load.writesPerSecond);
  return {
    name: idOf(candidate),
    variant: variantOf(candidate),
    operation: (index) => {
      const at = index % values.length;
      const writes = Math.floor((index + 1) * share) > Math.floor(index * share);
      return writes ? peer.set(`${at}`, values[at]?.value) : peer.get(`${at}`);
    },
  };
}
