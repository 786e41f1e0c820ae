import { optionsOf } from '../peers/registry.js';
import { reasonOf, takeTurns } from '../rounds.js';
import { summarize } from '../statistics.js';
import { idOf, labelOf, variantOf } from './candidates.js';
import { openApart, openHere } from './trial-place.js';
const MOST_PROCESSES = 8;
/**
 * Measures candidates in turns under the described mix of reads and writes. Each has its own backend, so its own connection and
 * pool; all are closed at the end. What refuses a value of the sample is unfit.
 */
export async function measureCandidates(ground, { candidates, stage }) {
    // Processes take memory: not more of them at a time than a search has finalists, unless it is exhaustive.
    const groups = stage.effort.apart ? chunksOf(candidates, MOST_PROCESSES) : [candidates];
    const measured = { trials: [], unfit: [] };
    for (const group of groups) {
        const { trials, unfit } = await measureGroup(ground, group, stage);
        measured.trials.push(...trials);
        measured.unfit.push(...unfit);
    }
    return measured;
}
async function measureGroup(ground, candidates, { number, effort, callers }) {
    const opened = [];
    const unfit = [];
    try {
        for (const candidate of candidates) {
            ground.signal?.throwIfAborted();
            try {
                opened.push(await open(ground, candidate, effort.apart));
            }
            catch (error) {
                unfit.push({ candidate, reason: reasonOf(error) });
            }
        }
        const rows = await takeTurns(opened.map(({ candidate, place }) => ({
            name: idOf(candidate),
            variant: variantOf(candidate),
            ...place,
        })), {
            ...effort,
            waitBudgetMs: ground.objective.needsWait ? effort.budgetMs : 0,
            callers,
            keepsGarbage: true,
            signal: ground.signal,
            onPass: ground.onPass,
        });
        const trials = opened.flatMap(({ candidate, storedBytes }) => {
            const row = rows.find(({ peer }) => peer === idOf(candidate));
            const figures = { ...row?.figures, storedBytes: summarize([storedBytes]) };
            const score = ground.objective.score(figures, ground.load, callers);
            if (row && row.failure === undefined && score) {
                return [{ candidate, label: labelOf(candidate), stage: number, score, figures }];
            }
            unfit.push({ candidate, reason: row?.failure ?? 'nothing was measured' });
            return [];
        });
        return { trials, unfit };
    }
    finally {
        await Promise.all(opened.map(({ place }) => place.close()));
    }
}
async function open(ground, candidate, apart) {
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
    for (const index of values.keys())
        bytes += await admin.redis.strlen(`${prefix}${index}`);
    return { candidate, place, storedBytes: bytes / values.length };
}
function chunksOf(list, length) {
    return Array.from({ length: Math.ceil(list.length / length) }, (_, index) => list.slice(index * length, (index + 1) * length));
}
