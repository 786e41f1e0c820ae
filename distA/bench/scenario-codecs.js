import { formatByteSize } from './byte-size.js';
import { measureCodecs, received } from './codec-speed.js';
import { records } from './corpora.js';
import { codecSerializer, jsonSerializer } from './serializers.js';
import { summarize } from './statistics.js';
const CODECS = ['auto', 'columns', 'graph', 'cbor', 'json', 'msgpack'];
const JSON_TEXT = 'JSON';
const FULL_MS = 600;
const QUICK_MS = 60;
/** What each codec takes on the main thread for a value, alone: no compression, which is a worker's, and no Redis. */
export async function runCodecs(bench) {
    for (const entry of codecValues(bench))
        await measureValue(bench, entry);
}
/** How many tables {@link runCodecs} gives. */
export function countCodecTables(bench) {
    return bench.values?.length ?? bench.scale.sizes.length;
}
function codecValues({ values, scale }) {
    return (values ??
        scale.sizes.map((bytes) => ({
            label: `${formatByteSize(bytes)} of records`,
            bytes,
            value: records(bytes),
        })));
}
async function measureValue(bench, { label, bytes, value }) {
    bench.signal?.throwIfAborted();
    const serializers = [...CODECS.map((name) => codecSerializer(name, value)), jsonSerializer(JSON_TEXT)];
    const speeds = await measureCodecs(serializers, { value, timeMs: bench.scale.quick ? QUICK_MS : FULL_MS });
    const rows = serializers.map((serializer) => {
        const { name } = serializer;
        const speed = speeds.get(name);
        if (!speed || 'failure' in speed) {
            return { peer: name, figures: {}, failure: speed?.failure ?? 'not measured' };
        }
        return {
            peer: name,
            figures: { ...speed, storedBytes: summarize([received(serializer, value).bytes.length]) },
        };
    });
    bench.onPass?.();
    bench.emit({
        scenario: 'codecs',
        title: `codecs alone, ${label}`,
        facts: { operation: 'codecs', bytes },
        columns: ['encodeMs', 'decodeMs', 'storedBytes'],
        ours: 'auto',
        baseline: JSON_TEXT,
        rows,
        notes: ['time on the main thread up to bytes, and from them; without compression, frame and Redis'],
    });
}
