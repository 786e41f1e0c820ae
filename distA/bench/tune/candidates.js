import { formatByteSize } from '../byte-size.js';
/** Where several do equally well, the one that differs least from this is recommended: it needs no explanation. */
export function defaultCandidate(cores) {
    return {
        codec: 'auto',
        compression: 'none',
        inlineLimitBytes: 65_536,
        threads: Math.min(4, Math.max(1, cores - 1)),
        tasksPerThread: 8,
    };
}
/** Codecs in the order in which they are preferred where nothing else decides. */
export const CODECS = ['auto', 'columns', 'graph', 'cbor', 'msgpack', 'json'];
/** The same for compressions. */
export const COMPRESSIONS = ['none', 'gzip', 'zstd', 'brotli'];
const INLINE_LIMITS = [16_384, 65_536, 262_144];
const TASKS = [2, 8, 32];
/**
 * What can matter for values whose stored sizes are these: where none goes by a worker, the pool does not; and where all are
 * on one side of every limit, only whether that is asked for before the value is fetched.
 */
export function axesFor(storedBytes, cores) {
    const base = defaultCandidate(cores);
    const largest = Math.max(...storedBytes);
    const smallest = Math.min(...storedBytes);
    const between = INLINE_LIMITS.some((limit) => smallest <= limit && largest > limit);
    const byWorker = largest > INLINE_LIMITS[0];
    return {
        inlineLimits: between ? INLINE_LIMITS : [base.inlineLimitBytes],
        threads: byWorker ? threadCounts(cores) : [base.threads],
        tasksPerThread: byWorker ? TASKS : [base.tasksPerThread],
    };
}
/** 1, 2, 4, … and as many as there are cores, up to 16. */
export function threadCounts(cores) {
    const counts = [1, 2, 4, 8, 16].filter((count) => count <= cores);
    return [...new Set([...counts, Math.max(1, cores - 1), cores])]
        .filter((count) => count <= 16)
        .sort((left, right) => left - right);
}
/** All combinations. */
export function gridOf(pairs, axes) {
    return pairs.flatMap(({ codec, compression }) => axes.inlineLimits.flatMap((inlineLimitBytes) => axes.threads.flatMap((threads) => axes.tasksPerThread.map((tasksPerThread) => ({
        codec,
        compression,
        inlineLimitBytes,
        threads,
        tasksPerThread,
    })))));
}
/** How far a candidate is from the defaults: 0 is the default itself. Codec and compression weigh more than the rest. */
export function distanceOf(candidate, base) {
    const codec = CODECS.indexOf(candidate.codec);
    const compression = COMPRESSIONS.indexOf(candidate.compression);
    const step = (value, usual) => Math.abs(Math.log2(value / usual));
    return (100 * codec +
        100 * compression +
        step(candidate.inlineLimitBytes, base.inlineLimitBytes) +
        step(candidate.threads, base.threads) +
        step(candidate.tasksPerThread, base.tasksPerThread));
}
/** One text for equal candidates. */
export function idOf(candidate) {
    const { codec, compression, inlineLimitBytes, threads, tasksPerThread } = candidate;
    return [codec, compression, inlineLimitBytes, threads, tasksPerThread].join('-');
}
/** A candidate as a reader would say it. */
export function labelOf(candidate) {
    const { codec, compression, inlineLimitBytes, threads, tasksPerThread } = candidate;
    const pool = `${threads} ${threads === 1 ? 'thread' : 'threads'} × ${tasksPerThread}`;
    return `${codec}, ${compression === 'none' ? 'not compressed' : compression}, inline to ${formatByteSize(inlineLimitBytes)}, ${pool}`;
}
/** A candidate as settings of the backend that is measured. */
export function variantOf(candidate) {
    const { codec, compression, inlineLimitBytes, threads, tasksPerThread } = candidate;
    return { codec, compression, inlineLimitBytes, threads, tasksPerThread };
}
/** A candidate as a config file has it. */
export function configOf(candidate) {
    const { codec, compression, inlineLimitBytes, threads, tasksPerThread } = candidate;
    return { codec, compression, inlineLimitBytes, pool: { maxThreads: threads, tasksPerThread } };
}
