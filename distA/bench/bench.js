const KB = 1024;
const MB = 1024 * KB;
export const FULL = {
    quick: false,
    rounds: 5,
    budgetMs: 400,
    waitBudgetMs: 250,
    warmUpMs: 400,
    sizes: [KB, 64 * KB, MB, 8 * MB],
    clearKeys: 400_000,
    memoryCalls: 64,
};
/** For a look, and for CI: three short rounds, all in less than two minutes. */
export const QUICK = {
    ...FULL,
    quick: true,
    rounds: 3,
    budgetMs: 50,
    waitBudgetMs: 50,
    warmUpMs: 100,
    clearKeys: 60_000,
    memoryCalls: 16,
};
/** Those of these peers that are open, with default settings. */
export function peersOf(bench, ids) {
    return bench.peers.filter((peer) => ids.includes(peer.peer) && !peer.variant);
}
/** The turns of a run's scale. */
export function roundsOf({ scale, clock, signal, onPass }, callers) {
    const { rounds, budgetMs, waitBudgetMs, warmUpMs } = scale;
    return { rounds, budgetMs, waitBudgetMs, warmUpMs, callers, clock, signal, onPass };
}
/** Callers at a time for a value of this size: those of a service that is busy, not one that is overrun. */
export function callersFor(bytes) {
    return bytes > 4 * MB ? 2 : 4;
}
