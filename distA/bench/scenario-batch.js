import { isDeepStrictEqual } from 'node:util';
import { roundsOf } from './bench.js';
import { formatByteSize } from './byte-size.js';
import { records } from './corpora.js';
import { interleave, reasonOf } from './rounds.js';
import { contendersOf, markRows } from './verify.js';
const ENTRIES = 1_000;
const BYTES = 1024;
const COLUMNS = [
    'mainCpuMs',
    'processCpuMs',
    'p50Ms',
    'p99Ms',
    'throughput',
    'waitMeanMs',
    'waitP99Ms',
    'samples',
];
/** Batches of 1,000 values of 1 KB, one batch at a time, for the peers that have batches. */
export async function runBatch(bench) {
    const values = Array.from({ length: ENTRIES }, (_, index) => records(BYTES, index + 1));
    const entriesOf = new Map(bench.peers.map((peer) => [
        peer.id,
        values.map((value, index) => ({ key: `${peer.id}/batch/${index}`, value })),
    ]));
    const withBatches = bench.peers.filter((peer) => peer.setMany && peer.getMany);
    const without = bench.peers.filter((peer) => !withBatches.includes(peer)).map(({ name }) => name);
    const verified = [];
    for (const peer of withBatches)
        verified.push(await verifyBatch(peer, entriesOf.get(peer.id) ?? []));
    for (const operation of ['set', 'get']) {
        const contenders = contendersOf(verified, async (peer) => {
            const entries = entriesOf.get(peer.id) ?? [];
            return operation === 'set' ? peer.setMany?.(entries) : peer.getMany?.(entries.map(({ key }) => key));
        });
        const rows = await interleave(contenders, roundsOf(bench, 1));
        bench.emit({
            scenario: 'batch',
            title: `${operation}Many, batches of ${ENTRIES.toLocaleString('en-US')} values of ${formatByteSize(BYTES)}, 1 caller`,
            facts: { operation: `${operation}Many`, bytes: BYTES, callers: 1 },
            columns: COLUMNS,
            rows: markRows(verified, rows),
            notes: [
                'every figure is that of a whole batch',
                ...(without.length > 0 ? [`without batches: ${without.join('; ')}`] : []),
            ],
        });
    }
}
async function verifyBatch(peer, entries) {
    try {
        await peer.setMany?.(entries);
        const got = await peer.getMany?.(entries.map(({ key }) => key));
        return {
            peer,
            kept: isDeepStrictEqual(got, entries.map(({ value }) => value)),
        };
    }
    catch (error) {
        return { peer, kept: false, failure: reasonOf(error) };
    }
}
