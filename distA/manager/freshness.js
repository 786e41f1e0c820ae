/**
 * How good a value still is. With `beta` it is refreshed early with the probability of XFetch (Vattani, Chierichetti, Lowenstein:
 * "Optimal Probabilistic Cache Stampede Prevention", VLDB 2015, figure 2): where
 * now − cost × beta × ln(random) reaches its end.
 * @param random a number above 0, at most 1
 */
export function freshnessOf({ createdAt, freshUntil, costMs }, { revalidateMs, graceMs, early }, { now, random }) {
    if (now < freshUntil) {
        if (early === undefined || freshUntil === Number.POSITIVE_INFINITY)
            return 'fresh';
        const dueAt = 'fraction' in early
            ? createdAt + early.fraction * (freshUntil - createdAt)
            : freshUntil + costMs * early.beta * Math.log(random());
        return now < dueAt ? 'fresh' : 'early';
    }
    if (now < freshUntil + revalidateMs)
        return 'stale';
    return now < freshUntil + graceMs ? 'grace' : 'gone';
}
