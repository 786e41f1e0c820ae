import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import * as zlib from 'node:zlib';
import type { RedisBackendOptions } from 'offloop';
import { type Bench, peersOf, roundsOf } from './bench.js';
import { formatByteSize } from './byte-size.js';
import { type CodecSpeed, measureCodecs, type Serializer } from './codec-speed.js';
import type { MetricId } from './metrics.js';
import { closePeers, type OpenPeer, openPeer } from './peers/registry.js';
import { interleave, type Row } from './rounds.js';
import { codecSerializer, jsonSerializer } from './serializers.js';
import { summarize } from './statistics.js';
import { contendersOf, markRows, type Verified, verify } from './verify.js';

const CODECS = ['auto', 'columns', 'graph', 'cbor', 'json', 'msgpack'] as const;
const COLUMNS: readonly MetricId[] = [
  'storedBytes',
  'encodeMs',
  'decodeMs',
  'setMainCpuMs',
  'setP50Ms',
  'getMainCpuMs',
  'getP50Ms',
];

/** Compares codecs and compressions on a JSON file of the user's: bytes, time on main, and cost through Redis. */
export async function runCodecs(bench: Bench, path: string): Promise<void> {
  const text = await readFile(path, 'utf8');
  const value: unknown = JSON.parse(text);
  const speeds = await measureCodecs(serializersFor(value), {
    value,
    timeMs: bench.scale.quick ? 200 : 1_000,
  });
  const rows: Row[] = [];
  // One compression at a time, so that not every combination holds a connection at once.
  for (const algorithm of compressions())
    rows.push(...(await throughRedis(bench, { algorithm, value, speeds })));
  bench.emit({
    scenario: 'codecs',
    title: `codecs and compressions on ${basename(path)}, ${formatByteSize(Buffer.byteLength(JSON.stringify(value)))} of JSON, 1 caller`,
    columns: COLUMNS,
    ours: 'auto',
    rows,
    notes: [
      'encode and decode: the codec alone, on the main thread, without compression, which is a worker’s',
      'set and get: through Redis with default options; main CPU and p50 of a call',
    ],
  });
}

type Algorithm = Extract<RedisBackendOptions['compression'], string>;

interface Combination {
  readonly algorithm: Algorithm;
  readonly value: unknown;
  readonly speeds: ReadonlyMap<string, CodecSpeed>;
}

async function throughRedis(bench: Bench, { algorithm, value, speeds }: Combination): Promise<Row[]> {
  const baseline = algorithm === 'none' ? peersOf(bench, ['ioredis-json']) : [];
  const ours: OpenPeer[] = [];
  try {
    for (const codec of CODECS) {
      const prefix = `${bench.prefix}codec-${codec}-${algorithm}:`;
      const peer = await openPeer('offloop', {
        url: bench.url,
        prefix,
        offloop: { codec, compression: algorithm },
      });
      ours.push({ ...peer, id: 'offloop', name: `${codec}${algorithm === 'none' ? '' : ` + ${algorithm}`}` });
    }
    const verified: Verified[] = [];
    for (const peer of [...ours, ...baseline]) verified.push(await verify(peer, { key: 'value', value }));
    const settings = { ...roundsOf(bench, 1), waitBudgetMs: 0 };
    const set = await interleave(
      contendersOf(verified, (peer) => peer.set('value', value)),
      settings,
    );
    const get = await interleave(
      contendersOf(verified, (peer) => peer.get('value')),
      settings,
    );
    const marked = markRows(verified, get);
    return await Promise.all(
      marked.map(async (row) => {
        const codec = row.peer.split(' + ')[0] ?? '';
        const fragment = ours.some(({ name }) => name === row.peer)
          ? `codec-${codec}-${algorithm}:`
          : 'ioredis-json:';
        const stored = await bench.admin.storedBytes(bench.prefix + fragment, 'value');
        return merge({
          row,
          writing: set.find(({ peer }) => peer === row.peer),
          stored,
          speed: speeds.get(speedName(row.peer)),
        });
      }),
    );
  } finally {
    await closePeers(ours);
  }
}

function speedName(peer: string): string {
  return peer === 'ioredis + JSON' ? peer : (peer.split(' + ')[0] ?? peer);
}

interface Parts {
  readonly row: Row;
  readonly writing: Row | undefined;
  readonly stored: number;
  readonly speed: CodecSpeed | undefined;
}

function merge({ row, writing, stored, speed }: Parts): Row {
  if (row.failure !== undefined) return row;
  const { mainCpuMs: getMainCpuMs, p50Ms: getP50Ms } = row.figures;
  const { mainCpuMs: setMainCpuMs, p50Ms: setP50Ms } = writing?.figures ?? {};
  return {
    ...row,
    figures: {
      ...(stored > 0 && { storedBytes: summarize([stored]) }),
      ...(speed && !('failure' in speed) && speed),
      ...(setMainCpuMs && { setMainCpuMs }),
      ...(setP50Ms && { setP50Ms }),
      ...(getMainCpuMs && { getMainCpuMs }),
      ...(getP50Ms && { getP50Ms }),
    },
  };
}

function serializersFor(value: unknown): Serializer[] {
  return [...CODECS.map((name) => codecSerializer(name, value)), jsonSerializer('ioredis + JSON')];
}

function compressions(): readonly Algorithm[] {
  const everywhere: readonly Algorithm[] = ['none', 'gzip', 'brotli'];
  return 'zstdCompressSync' in zlib ? [...everywhere, 'zstd'] : everywhere;
}
