/** A sorted copy, as {@link percentile} takes it. */
export function ascending(values) {
    return Float64Array.from(values).sort();
}
/** Median, minimum and maximum. Throws on no values, because a summary of nothing would read as a figure. */
export function summarize(values) {
    const sorted = ascending(values);
    return {
        median: percentile(sorted, 0.5),
        min: percentile(sorted, 0),
        max: percentile(sorted, 1),
        rounds: values,
    };
}
/** The value at a share (0 to 1) of an ascending list; between two neighbours it is interpolated. */
export function percentile(sorted, share) {
    const position = share * (sorted.length - 1);
    const below = sorted[Math.floor(position)];
    const above = sorted[Math.ceil(position)];
    if (below === undefined || above === undefined)
        throw new Error('percentile of an empty list');
    return below + (above - below) * (position - Math.floor(position));
}
