import { deserialize, serialize } from 'node:v8';
import { Encoder } from 'cbor-x';
import { Packr } from 'msgpackr';
import { encodeOnce, gzippedBytes, received, type Serializer } from '#bench/codec-speed.js';
import { collectYoungGarbage } from '#bench/garbage.js';
import { codecSerializer, jsonSerializer, wholeSerializer } from '#bench/serializers.js';
import { type Summary, summarize } from '#bench/statistics.js';

/** Rounds that count, and those before them. */
const ROUNDS = 7;
const WARM_UP_ROUNDS = 4;
/** Milliseconds that one round of a serializer takes at least: a small value is done many times. */
const ROUND_MS = 15;

/** What a serializer takes for a value, up to bytes that can be handed over, and how large these are. */
export interface SerializerSpeed {
  readonly name: string;
  readonly encode: Summary;
  readonly decode: Summary;
  readonly bytes: number;
  /** Compressed as a backend does it: in its segments, or in pieces of that size. */
  readonly gzipped: number;
}

/** JSON, cbor-x and msgpackr with records, V8's own, and ours. */
export function serializersFor(value: unknown): Serializer[] {
  const cbor = new Encoder({ useRecords: true });
  const msgpack = new Packr({ useRecords: true });
  return [
    codecSerializer('auto', value),
    codecSerializer('columns', value),
    jsonSerializer('JSON'),
    wholeSerializer('cbor-x', {
      encode: (value) => cbor.encode(value),
      decode: (bytes) => cbor.decode(bytes),
    }),
    wholeSerializer('msgpackr', {
      encode: (value) => msgpack.pack(value),
      decode: (bytes) => msgpack.unpack(bytes),
    }),
    wholeSerializer('v8.serialize', {
      encode: (value) => serialize(value),
      decode: (bytes) => deserialize(bytes),
    }),
  ];
}

/** Medians of interleaved rounds, in milliseconds of wall time: nothing else runs in the process. */
export function measureSerializers(list: readonly Serializer[], value: unknown): SerializerSpeed[] {
  const entries = list.map((serializer) => {
    // Until the value's records are known.
    for (let call = 0; call < 3; call += 1) encodeOnce(serializer, value);
    return {
      serializer,
      encoded: received(serializer, value),
      encode: [] as number[],
      decode: [] as number[],
    };
  });
  for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round += 1) {
    for (const { serializer, encoded, encode, decode } of entries) {
      const encoding = timeOf(() => encodeOnce(serializer, value));
      const decoding = timeOf(() => serializer.decode(encoded));
      if (round < 0) continue;
      encode.push(encoding);
      decode.push(decoding);
    }
  }
  return entries.map(({ serializer, encoded, encode, decode }) => ({
    name: serializer.name,
    encode: summarize(encode),
    decode: summarize(decode),
    bytes: encoded.bytes.length,
    gzipped: gzippedBytes(encoded),
  }));
}

function timeOf(call: () => unknown): number {
  collectYoungGarbage();
  const start = performance.now();
  let calls = 0;
  let elapsed = 0;
  while (elapsed < ROUND_MS) {
    call();
    calls += 1;
    elapsed = performance.now() - start;
  }
  return elapsed / calls;
}
