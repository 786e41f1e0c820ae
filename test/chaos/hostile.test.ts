import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { Redis } from 'ioredis';
import { cborCodec } from '../../dist/codec/cbor.js';
import type { Codec } from '../../dist/codec/codec.js';
import { columnsCodec } from '../../dist/codec/columns.js';
import { COMPRESSION_IDS } from '../../dist/codec/compression.js';
import { graphCodec } from '../../dist/codec/graph.js';
import { jsonCodec } from '../../dist/codec/json.js';
import { msgpackCodec } from '../../dist/codec/msgpack.js';
import { rawCodec } from '../../dist/codec/raw.js';
import { writeFrame } from '../../dist/frame/whole-frame.js';
import { RedisBackend } from '../../dist/index.js';
import { arbitraryValue, expected } from '../support/arbitrary-values.js';
import { largest } from '../support/call-ledger.js';
import { collectGarbage } from '../support/collect-garbage.js';
import { MortalRedis } from '../support/mortal-redis.js';
import { recordsOf } from '../support/records.js';
import { difference } from '../support/same-value.js';
import { type Item, SEED, scorecard } from '../support/scorecard.js';
import { joined, segmentEncoder, taken } from '../support/segmented.js';

const MB = 1024 * 1024;
const CODECS = [
  { codec: graphCodec, table: 'graph' },
  { codec: columnsCodec, table: 'graph' },
  { codec: cborCodec, table: 'cbor' },
  { codec: jsonCodec, table: 'json' },
  { codec: msgpackCodec, table: 'msgpack' },
  { codec: rawCodec, table: 'raw' },
] as const;

async function server(item: Item): Promise<MortalRedis> {
  const redis = await MortalRedis.start();
  item.defer(() => redis.stop());
  return redis;
}

/** Garbage of so many bytes is collected before the next bomb. */
const COLLECTED_FROM = 32 * MB;

/** Frames that are sound as frames, and whose contents are not, by name. */
function bombs(cap: number, giantEvery: number): Map<string, Buffer> {
  const found = new Map<string, Buffer>();
  const zeros = Buffer.alloc(320 * MB);
  const params = { [constants.BROTLI_PARAM_QUALITY]: 5 };
  const packed = { gzip: gzipSync(zeros, { level: 9 }), brotli: brotliCompressSync(zeros, { params }) };
  for (const [name, bytes] of Object.entries(packed)) {
    const compression = COMPRESSION_IDS[name as 'gzip' | 'brotli'];
    for (const rawLength of [MB, cap - 1, cap + 1, zeros.length]) {
      for (const codec of [rawCodec.id, jsonCodec.id, graphCodec.id, cborCodec.id]) {
        const frame = writeFrame({ codec, compression, rawLength, payload: bytes });
        found.set(`${name} bomb, says ${rawLength}, codec ${codec}`, frame);
      }
    }
  }
  const levels = 1_000_000;
  const deep = {
    json: { id: jsonCodec.id, bytes: Buffer.from('['.repeat(levels) + ']'.repeat(levels)) },
    cbor: { id: cborCodec.id, bytes: Buffer.alloc(levels, 0x81) },
    msgpack: { id: msgpackCodec.id, bytes: Buffer.alloc(levels, 0x91) },
  };
  for (const [name, { id, bytes }] of Object.entries(deep)) {
    const plain = { codec: id, compression: 0, rawLength: bytes.length, payload: bytes };
    found.set(`${name}, ${levels} levels`, writeFrame(plain));
    const small = { ...plain, compression: COMPRESSION_IDS.gzip, payload: gzipSync(bytes) };
    found.set(`${name}, ${levels} levels, gzip`, writeFrame(small));
  }
  for (const { codec } of CODECS) {
    const sound = Uint8Array.from(codec.encode(codec === rawCodec ? 'a text' : recordsOf(2_000)));
    for (let at = 0; at < Math.min(sound.length, 64); at += giantEvery) {
      for (const giant of [
        [0xff, 0xff, 0xff, 0x7f],
        [0xdd, 0xff, 0xff, 0xff, 0xff],
        [0x9b, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xff],
      ]) {
        const payload = Buffer.concat([sound.subarray(0, at), Buffer.from(giant), sound.subarray(at + 4)]);
        const frame = writeFrame({ codec: codec.id, compression: 0, rawLength: payload.length, payload });
        found.set(`${codec.name}, ${giant.length} bytes of length at ${at}`, frame);
      }
    }
  }
  return found;
}

scorecard(26, 'bombs (5000:1), depth, giant lengths: typed, and RSS under twice the cap', async (item) => {
  const redis = await server(item);
  const cap = 64 * MB;
  const frames = bombs(cap, item.scale(1, 8));
  const raw = new Redis(redis.url);
  item.defer(() => raw.disconnect());
  const open = { url: redis.url, maxValueBytes: cap, onCorrupt: 'throw', timeoutMs: 20_000 } as const;
  const caches = [
    new RedisBackend({ ...open, offload: 'never' }),
    new RedisBackend({ ...open, pool: { maxThreads: 1 } }),
  ];
  for (const cache of caches) item.defer(() => cache.close());
  const sound = recordsOf(200_000);
  for (const cache of caches) await cache.set('sound', sound);
  const list = [...frames];
  for (const [name, frame] of list) await raw.set(name, frame);
  for (const cache of caches) await cache.get('sound');
  collectGarbage();
  const before = process.memoryUsage.rss();
  // What one bomb takes is asked, not how much of many the engine has not collected yet.
  let base = before;
  let most = 0;
  const watch = (): void => {
    most = Math.max(most, process.memoryUsage.rss() - base);
  };
  const timer = setInterval(watch, 2);
  const times: number[] = [];
  let values = 0;
  for (const cache of caches) {
    for (const [name] of list) {
      base = Math.min(process.memoryUsage.rss(), base + COLLECTED_FROM);
      const outcome = await item.calls.run(() => cache.get(name));
      watch();
      times.push(outcome.ms);
      if (process.memoryUsage.rss() - base > COLLECTED_FROM) collectGarbage();
      if (outcome.ok) values++;
    }
  }
  clearInterval(timer);
  let changed = 0;
  for (const cache of caches) if (difference(await cache.get('sound'), sound) !== undefined) changed++;
  item.note('bombs', list.length * caches.length);
  item.note('of those valid values', values);
  for (const [code, count] of Object.entries(item.calls.codes)) item.note(code, count);
  item.atMost('the slowest', Math.round(largest(times)), [1_000, 'ms']);
  item.atMost('RSS grew by, for one bomb', Math.round(most / MB), [(2 * cap) / MB, 'MB']);
  collectGarbage();
  const left = process.memoryUsage.rss() - before;
  item.note('RSS that is not given back after all of them', Math.round(left / MB), 'MB');
  item.none('sound values that were read as something else afterwards', changed);
});

const BATCH = 500;

/** Encoded and decoded in segments of 64 bytes or so, or whole where it has but one. */
function throughSegments(codec: Codec, value: unknown): unknown {
  const encoder = segmentEncoder(value, 64, codec);
  if (!encoder.next()) return codec.decode(Uint8Array.from(encoder.whole()), true);
  while (encoder.next());
  return joined(taken(encoder, codec));
}

scorecard(
  27,
  '100,000 generated values: inline, worker, sliced and whole give the same',
  async (item) => {
    const redis = await server(item);
    const each = Math.ceil(item.scale(100_000, 6_000) / CODECS.length);
    let kept = 0;
    let refused = 0;
    let different = 0;
    const found = (actual: unknown, wanted: unknown): void => {
      const where = difference(actual, wanted);
      if (where === undefined) return;
      different++;
      if (item.failures.length < 5) item.failures.push(where);
    };
    for (const { codec, table } of CODECS) {
      const common = { url: redis.url, codec: codec.name, timeoutMs: 60_000 } as const;
      const inline = new RedisBackend({ ...common, keyPrefix: 'inline:', offload: 'never' });
      const worker = new RedisBackend({ ...common, keyPrefix: 'worker:', offload: 'always' });
      const values = fc.sample(arbitraryValue(), { numRuns: each, seed: SEED + codec.id });
      for (let start = 0; start < values.length; start += BATCH) {
        const batch = values.slice(start, start + BATCH).map(async (value, index) => {
          const wanted = expected(table, value);
          const key = `k${index}`;
          for (const cache of [inline, worker]) {
            const written = await item.calls.run(() => cache.set(key, value));
            if (written.ok === (wanted === 'refused')) different++;
            if (!written.ok && written.code !== 'ERR_VALUE') different++;
          }
          if (wanted === 'refused') {
            refused++;
            return;
          }
          kept++;
          found(await inline.get(key), wanted.kept);
          found(await worker.get(key), wanted.kept);
          found(codec.decode(Uint8Array.from(codec.encode(value)), true), wanted.kept);
          if (codec.segmentEncoder) found(throughSegments(codec, value), wanted.kept);
        });
        await Promise.all(batch);
      }
      await inline.close();
      await worker.close();
    }
    item.note('values kept', kept);
    item.note('values refused, as the type table says', refused);
    item.none('differences from the type table', different);
  },
  900_000,
);
