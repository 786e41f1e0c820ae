import { CORPORA, records } from '#bench/corpora.js';
import { type Bar, ratioOf } from './bar.js';
import { EMOJI, EMOJIBASE } from './real-corpora.js';
import { measureSerializers, type SerializerSpeed, serializersFor } from './serializer-speed.js';

const KB = 1024;
const MB = 1024 * KB;
/** The serializers that a bar names "the fastest of". */
const PEERS = ['JSON', 'cbor-x', 'msgpackr', 'v8.serialize'] as const;
/** Node 26 has a faster `JSON.stringify`. */
const ENCODE_TARGET = Number(process.versions.node.split('.')[0]) >= 26 ? 3 : 3.5;

/** Columns 1: how many times as fast as the fastest of the others, for records and two real documents. */
export async function measureColumns(): Promise<Bar[]> {
  const batches = [
    { name: '1 MB of records', value: records(MB), encode: ENCODE_TARGET, decode: 1.4 },
    { name: '8 MB of records', value: records(8 * MB), encode: ENCODE_TARGET, decode: 1.4 },
    { name: 'emoji-datasource', value: await EMOJI.load(), encode: 2, decode: 1.2 },
    { name: 'emojibase-data/en', value: await EMOJIBASE.load(), encode: 2, decode: 1.2 },
  ];
  const bars: Bar[] = [];
  for (const { name, value, ...targets } of batches) {
    const speeds = measureSerializers(serializersFor(value), value);
    for (const way of ['encode', 'decode'] as const) {
      const fastest = PEERS.map((peer) => speedOf(speeds, peer)).reduce((best, next) =>
        next[way].median < best[way].median ? next : best,
      );
      bars.push({
        bar: 'columns-1',
        what: `${way}, ${name}: times as fast as ${fastest.name}, the fastest other`,
        ...ratioOf([fastest[way], speedOf(speeds, 'columns')[way]]),
        holds: 'at least',
        target: targets[way],
      });
    }
    bars.push(...sizes(name, speeds));
  }
  return bars;
}

/** Columns 3: what `auto` takes for other corpora, against cbor-x. */
export async function measureOthers(): Promise<Bar[]> {
  const corpora = [
    { name: 'deep dictionaries', value: CORPORA.deep.generate(MB) },
    { name: 'numbers', value: CORPORA.numbers.generate(MB) },
    { name: 'long text', value: CORPORA.text.generate(MB) },
    { name: 'unicode text', value: CORPORA.unicode.generate(MB) },
    { name: 'chat messages', value: CORPORA.chat.generate(MB) },
    { name: '64 KB of records', value: records(64 * KB) },
    { name: '4 KB of records', value: records(4 * KB) },
  ];
  return corpora.flatMap(({ name, value }) => {
    const speeds = measureSerializers(serializersFor(value), value);
    return (['encode', 'decode'] as const).map(
      (way): Bar => ({
        bar: 'columns-3',
        what: `${way}, ${name}, auto: time of that of cbor-x`,
        ...ratioOf([speedOf(speeds, 'auto')[way], speedOf(speeds, 'cbor-x')[way]]),
        holds: 'at most',
        target: 1.1,
      }),
    );
  });
}

function sizes(name: string, speeds: readonly SerializerSpeed[]): Bar[] {
  const [ours, other] = [speedOf(speeds, 'columns'), speedOf(speeds, 'cbor-x')];
  const bar = { bar: 'columns-1', holds: 'at most' } as const;
  return [
    { ...bar, what: `bytes, ${name}: of those of cbor-x`, measured: ours.bytes / other.bytes, target: 1 },
    {
      ...bar,
      what: `bytes with gzip, ${name}: of those of cbor-x`,
      measured: ours.gzipped / other.gzipped,
      target: 0.85,
    },
  ];
}

function speedOf(speeds: readonly SerializerSpeed[], name: string): SerializerSpeed {
  const found = speeds.find((speed) => speed.name === name);
  if (!found) throw new Error(`${name} has not been measured`);
  return found;
}
