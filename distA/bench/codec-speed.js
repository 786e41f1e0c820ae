import { gzipSync } from 'node:zlib';
import { Bench as Tinybench } from 'tinybench';
import { segmentsOf } from '../codec/segments.js';
import { reasonOf } from './rounds.js';
import { summarize } from './statistics.js';
/** What a serializer makes of a value, in memory that stays. */
export function received(serializer, value) {
    const { pieces, lengths } = serializer.encode(value);
    return { bytes: Buffer.concat(pieces), lengths };
}
/** Encodes a value, and is done with the bytes. */
export function encodeOnce(serializer, value) {
    const encoded = serializer.encode(value);
    serializer.release?.(encoded);
}
/** The bytes after gzip, piece by piece as a backend compresses them. */
export function gzippedBytes({ bytes, lengths }) {
    let total = 0;
    for (const segment of segmentsOf({ slabs: [bytes], lengths }))
        total += gzipSync(segment, { level: 1 }).length;
    return total;
}
/** Encodes and decodes one value with each serializer, by tinybench. What refuses the value says so. */
export async function measureCodecs(serializers, { value, timeMs }) {
    const speeds = new Map();
    const bench = new Tinybench({ time: timeMs, warmupTime: timeMs / 4, iterations: 5, warmupIterations: 2 });
    for (const serializer of serializers) {
        try {
            const encoded = received(serializer, value);
            serializer.decode(encoded);
            bench.add(`${serializer.name} encode`, () => encodeOnce(serializer, value), { async: false });
            bench.add(`${serializer.name} decode`, () => void serializer.decode(encoded), { async: false });
        }
        catch (error) {
            speeds.set(serializer.name, { failure: reasonOf(error) });
        }
    }
    await bench.run();
    for (const { name } of serializers) {
        if (speeds.has(name))
            continue;
        speeds.set(name, {
            encodeMs: latencyOf(bench, `${name} encode`),
            decodeMs: latencyOf(bench, `${name} decode`),
        });
    }
    return speeds;
}
function latencyOf(bench, task) {
    const result = bench.getTask(task)?.result;
    if (result?.state !== 'completed')
        throw new Error(`tinybench did not finish ${task}`);
    const { p50, min, max } = result.latency;
    return Number.isFinite(p50) ? { median: p50, min, max, rounds: [p50] } : summarize([result.latency.mean]);
}
