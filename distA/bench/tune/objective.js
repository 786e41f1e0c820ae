import { Random } from '../random.js';
import { ascending, percentile } from '../statistics.js';
import { distanceOf } from './candidates.js';
/** What each objective makes best. */
export const OBJECTIVES = {
    wait: {
        label: 'mean wait for the event loop at this load, ms',
        better: 'less',
        needsWait: true,
        score: ({ blockingUs }, { readsPerSecond, writesPerSecond }) => mapped(blockingUs, (value) => (value * (readsPerSecond + writesPerSecond)) / 1_000),
        // What holds the event loop is main-thread CPU, in one piece or in many; its own noise is a fifth of that of waits.
        glance: ({ mean }, { mainCpuMs }) => Math.sqrt(mean * Math.max(SMALLEST, mainCpuMs?.median ?? mean)),
    },
    latency: {
        label: 'mean latency of a call, ms',
        better: 'less',
        needsWait: false,
        // By Little's law: callers that call again at once, over calls a second.
        score: ({ throughput }, _, callers) => mapped(throughput, (value) => (callers / value) * 1_000),
    },
    throughput: {
        label: 'calls a second by 16 callers',
        better: 'more',
        needsWait: false,
        callers: 16,
        score: ({ throughput }) => mapped(throughput, same),
    },
    memory: {
        label: 'bytes stored for a value',
        better: 'less',
        needsWait: false,
        score: ({ storedBytes }) => mapped(storedBytes, same),
    },
};
const same = (value) => value;
function mapped(figure, map) {
    return figure && scoreOf(figure.rounds.map(map));
}
/** A clock may not see what is shorter than this; a logarithm needs more than 0. */
const SMALLEST = 1e-9;
/** The score of some rounds, one at least. */
export function scoreOf(rounds) {
    return {
        mean: geometricMean(rounds),
        min: Math.min(...rounds),
        max: Math.max(...rounds),
        rounds,
    };
}
function geometricMean(values) {
    const [first] = values;
    // Where all are the same, not even the last digit is another.
    if (first !== undefined && values.every((value) => value === first))
        return first;
    return Math.exp(values.reduce((sum, value) => sum + Math.log(Math.max(SMALLEST, value)), 0) / values.length);
}
/** How many times as bad as the best a score is, at least 1. */
export function timesWorse(score, best, better) {
    if (score.mean === best.mean)
        return 1;
    return better === 'less' ? score.mean / best.mean : best.mean / score.mean;
}
/** The best first. */
export function ranked(list, better) {
    const sign = better === 'less' ? 1 : -1;
    return list.toSorted((left, right) => sign * (left.score.mean - right.score.mean));
}
/** Who is as good as the best: whoever is not shown to be worse by more than this share. */
export const EQUAL_SHARE = 0.05;
/** Nor may it have been twice as bad: noise that hides so much is no reason to take it. */
const MOST_WORSE = 1;
const RESAMPLES = 2_000;
/**
 * One-sided: 99 of 100 draws have to show that a candidate is worse. The best of some finalists is mostly one that had luck: with
 * nine of ten, the defaults of a deep dictionary lost in two runs of five to what was as good as they in the others.
 */
const DOUBT = 0.01;
/**
 * How many times as bad as the best a candidate is at least, with 99 % confidence: the percentile bootstrap (Efron) of the geometric
 * mean of its ratios to the best, round by round. What slowed down a whole round is in both and goes out.
 */
export function leastTimesWorse(score, best, better) {
    const ratios = score.rounds.slice(0, best.rounds.length).map((value, round) => {
        const other = best.rounds[round];
        if (value === other)
            return 1;
        return better === 'less' ? value / other : other / value;
    });
    if (ratios.length === 0)
        return timesWorse(score, best, better);
    const random = new Random(1);
    const means = Array.from({ length: RESAMPLES }, () => geometricMean(ratios.map(() => ratios[random.below(ratios.length)])));
    return percentile(ascending(means), DOUBT);
}
/**
 * Of those that are not shown to be worse than the best, the one that differs least from the defaults: a recommendation
 * should not change from run to run for what a run of a minute on a shared machine cannot tell apart. A pure decision.
 */
export function choose(list, { better, base }) {
    const [best] = ranked(list, better);
    if (!best)
        return undefined;
    return list
        .filter(({ score }) => leastTimesWorse(score, best.score, better) <= 1 + EQUAL_SHARE &&
        timesWorse(score, best.score, better) <= 1 + MOST_WORSE)
        .toSorted((left, right) => distanceOf(left.candidate, base) - distanceOf(right.candidate, base))[0];
}
