export function lengthOf({ startMs, endMs }) {
    return Math.max(0, endMs - startMs);
}
/** How much of a span the others cover, where they cover each other counted once. They are in order of their start. */
export function overlapWith(others, span) {
    let covered = 0;
    let from = span.startMs;
    for (const { startMs, endMs } of others) {
        if (startMs >= span.endMs)
            break;
        const piece = { startMs: Math.max(from, startMs), endMs: Math.min(span.endMs, endMs) };
        covered += lengthOf(piece);
        from = Math.max(from, piece.endMs);
    }
    return covered;
}
