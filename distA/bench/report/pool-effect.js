import { ratioInterval } from '../compare.js';
import { METRICS } from '../metrics.js';
import { Random } from '../random.js';
/** Smaller differences are of no use to anybody. */
const TOLERANCE = 1.05;
/** Fewer rounds give no interval that means anything. */
const MIN_ROUNDS = 3;
/** From each size of the pool to the next, whether it helps. A pure decision; what lies within the noise makes no difference. */
export function poolEffects(runs) {
    const random = new Random(1);
    return runs.flatMap(({ what, steps }) => {
        const ordered = steps.toSorted((left, right) => left.threads - right.threads);
        return ordered.slice(1).flatMap((after, index) => {
            const before = ordered[index];
            return ['throughput', 'waitMeanMs'].flatMap((metric) => {
                const [one, more] = [before?.figures[metric], after.figures[metric]];
                if (!before || !one || !more || one.median === 0)
                    return [];
                const interval = ratioInterval(more, one, random);
                return [
                    {
                        what,
                        from: before.threads,
                        to: after.threads,
                        metric,
                        before: one.median,
                        after: more.median,
                        interval,
                        verdict: verdictOf({ metric, interval, rounds: Math.min(one.rounds.length, more.rounds.length) }),
                    },
                ];
            });
        });
    });
}
function verdictOf({ metric, interval: [low, high], rounds, }) {
    if (rounds < MIN_ROUNDS || (low <= TOLERANCE && high >= 1 / TOLERANCE))
        return 'makes no difference';
    return low > 1 === (METRICS[metric].better === 'more') ? 'helps' : 'makes it worse';
}
