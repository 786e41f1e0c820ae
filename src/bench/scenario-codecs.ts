import { OffloopError } from '../errors.js';
import type { Bench, BenchValue } from './bench.js';
import { formatByteSize } from './byte-size.js';
import { measureCodecs, received, type Serializer } from './codec-speed.js';
import { records } from './corpora.js';
import type { Row } from './rounds.js';
import { codecSerializer, jsonSerializer } from './serializers.js';
import { summarize } from './statistics.js';

const CODECS = ['auto', 'columns', 'graph', 'cbor', 'json', 'msgpack'] as const;
const JSON_TEXT = 'JSON';
const FULL_MS = 600;
const QUICK_MS = 60;

/** What each codec takes on the main thread for a value, alone: no compression, which is a worker's, and no Redis. */
export async function runCodecs(bench: Bench): Promise<void> {
  for (const entry of codecValues(bench)) await measureValue(bench, entry);
}

/** How many tables {@link runCodecs} gives. */
export function countCodecTables(bench: Pick<Bench, 'values' | 'scale'>): number {
  return bench.values?.length ?? bench.scale.sizes.length;
}

function codecValues({ values, scale }: Bench): readonly BenchValue[] {
  return (
    values ??
    scale.sizes.map((bytes) => ({
      label: `${formatByteSize(bytes)} of records`,
      bytes,
      value: records(bytes),
    }))
  );
}

async function measureValue(bench: Bench, { label, bytes, value }: BenchValue): Promise<void> {
  bench.signal?.throwIfAborted();
  const { serializers, left } = serializersFor(value);
  const speeds = await measureCodecs(serializers, { value, timeMs: bench.scale.quick ? QUICK_MS : FULL_MS });
  const rows = serializers.map((serializer): Row => {
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
    notes: [
      'time on the main thread up to bytes, and from them; without compression, frame and Redis',
      ...left,
    ],
  });
}

/** Those that can be had here, and why the others are left out: the package of one may not be installed. */
function serializersFor(value: unknown): {
  readonly serializers: readonly Serializer[];
  readonly left: readonly string[];
} {
  const serializers: Serializer[] = [];
  const left: string[] = [];
  for (const name of CODECS) {
    try {
      serializers.push(codecSerializer(name, value));
    } catch (error) {
      if (!(error instanceof OffloopError && error.code === 'ERR_MISSING_PACKAGE')) throw error;
      left.push(`${name} left out: ${error.message}`);
    }
  }
  return { serializers: [...serializers, jsonSerializer(JSON_TEXT)], left };
}
