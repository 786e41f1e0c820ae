import { gzipSync } from 'node:zlib';
import { Bench as Tinybench } from 'tinybench';
import { segmentsOf } from '../codec/segments.js';
import { reasonOf } from './rounds.js';
import { type Summary, summarize } from './statistics.js';

/** An encoded value, up to bytes that could be handed to another thread. */
interface Encoded {
  readonly pieces: readonly Uint8Array[];
  /** Bytes of each segment. */
  readonly lengths: Uint32Array;
}

/** The same as it comes back. */
interface Received {
  readonly bytes: Uint8Array;
  readonly lengths: Uint32Array;
}

/** Anything that makes bytes of a value and a value of bytes. */
export interface Serializer {
  readonly name: string;
  /** May answer with views of what its next call writes to. */
  encode(value: unknown): Encoded;
  /** Takes the memory back, where it uses it again. @default nothing */
  release?(encoded: Encoded): void;
  decode(received: Received): unknown;
}

/** What a serializer makes of a value, in memory that stays. */
export function received(serializer: Serializer, value: unknown): Received {
  const { pieces, lengths } = serializer.encode(value);
  return { bytes: Buffer.concat(pieces), lengths };
}

/** Encodes a value, and is done with the bytes. */
export function encodeOnce(serializer: Serializer, value: unknown): void {
  const encoded = serializer.encode(value);
  serializer.release?.(encoded);
}

/** The bytes after gzip, piece by piece as a backend compresses them. */
export function gzippedBytes({ bytes, lengths }: Received): number {
  let total = 0;
  for (const segment of segmentsOf({ slabs: [bytes], lengths }))
    total += gzipSync(segment, { level: 1 }).length;
  return total;
}

/** What a serializer takes on the main thread, alone; medians with the fastest and the slowest run. */
export type CodecSpeed =
  | { readonly encodeMs: Summary; readonly decodeMs: Summary }
  | { readonly failure: string };

/** Encodes and decodes one value with each serializer, by tinybench. What refuses the value says so. */
export async function measureCodecs(
  serializers: readonly Serializer[],
  { value, timeMs }: { readonly value: unknown; readonly timeMs: number },
): Promise<Map<string, CodecSpeed>> {
  const speeds = new Map<string, CodecSpeed>();
  const bench = new Tinybench({ time: timeMs, warmupTime: timeMs / 4, iterations: 5, warmupIterations: 2 });
  for (const serializer of serializers) {
    try {
      const encoded = received(serializer, value);
      serializer.decode(encoded);
      bench.add(`${serializer.name} encode`, () => encodeOnce(serializer, value), { async: false });
      bench.add(`${serializer.name} decode`, () => void serializer.decode(encoded), { async: false });
    } catch (error) {
      speeds.set(serializer.name, { failure: reasonOf(error) });
    }
  }
  await bench.run();
  for (const { name } of serializers) {
    if (speeds.has(name)) continue;
    speeds.set(name, {
      encodeMs: latencyOf(bench, `${name} encode`),
      decodeMs: latencyOf(bench, `${name} decode`),
    });
  }
  return speeds;
}

function latencyOf(bench: Tinybench, task: string): Summary {
  const result = bench.getTask(task)?.result;
  if (result?.state !== 'completed') throw new Error(`tinybench did not finish ${task}`);
  const { p50, min, max } = result.latency;
  return Number.isFinite(p50) ? { median: p50, min, max, rounds: [p50] } : summarize([result.latency.mean]);
}
