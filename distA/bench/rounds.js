import { performance } from 'node:perf_hooks';
import { measurable } from './measure.js';
import { Random } from './random.js';
import { percentile, summarize } from './statistics.js';
// A percentile needs samples beyond it: with fewer, the largest value would pass for it.
const SAMPLES_FOR_P99 = 100;
const SAMPLES_FOR_P999 = 2_000;
/** {@link takeTurns} of contenders in this process. */
export function interleave(contenders, settings) {
    const entrants = contenders.map(({ name, variant, operation }) => ({ name, variant, ...measurable(operation, settings.clock) }));
    return takeTurns(entrants, settings);
}
/**
 * Measures entrants in turns (A B A B), after a warm-up of each. The order is another one in each round, because
 * whoever comes next pays for part of the garbage and the cold caches of the one before. Whoever fails is out, with
 * the reason in its row: its figures would be those of another amount of work.
 */
export async function takeTurns(entrants, settings) {
    const states = entrants.map((entrant) => ({
        entrant,
        passes: [],
        waits: [],
        failure: undefined,
    }));
    const { callers, budgetMs, waitBudgetMs, warmUpMs, keepsGarbage, leastRounds = 0, timeMs = Number.POSITIVE_INFINITY, } = settings;
    const start = performance.now();
    for (let round = -1; round < settings.rounds; round += 1) {
        if (round >= leastRounds && performance.now() - start > timeMs)
            break;
        for (const state of shuffled(states, round)) {
            settings.signal?.throwIfAborted();
            settings.onPass?.();
            if (state.failure !== undefined)
                continue;
            try {
                if (round < 0) {
                    await state.entrant.warmUp({ callers, budgetMs: warmUpMs });
                    continue;
                }
                state.passes.push(await state.entrant.pass({ callers, budgetMs, keepsGarbage }));
                if (waitBudgetMs === 0)
                    continue;
                state.waits.push(await state.entrant.wait({ callers, budgetMs: waitBudgetMs, keepsGarbage }));
            }
            catch (error) {
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
export function shuffled(list, seed) {
    const random = new Random(seed);
    return list
        .map((item) => ({ item, place: random.next() }))
        .sort((left, right) => left.place - right.place)
        .map(({ item }) => item);
}
/** The first line of what went wrong, cut: some libraries put the whole command, value and all, into a message. */
export function reasonOf(error) {
    const message = error instanceof Error ? error.message : String(error);
    return (message.split('\n')[0] ?? '').slice(0, 160);
}
/** Figures of several passes: of CPU, throughput and p50 each round's, of the tail that of all samples together. */
function figuresOf(passes) {
    const all = Float64Array.from(passes.flatMap((pass) => [...pass.latenciesMs])).sort();
    const tail = (share, needed) => all.length >= needed ? summarize([percentile(all, share)]) : undefined;
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
function waitFigures(waits) {
    if (waits.length === 0)
        return {};
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
