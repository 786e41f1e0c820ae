import { Bench as Tinybench } from 'tinybench';
import { reasonOf } from './rounds.js';
import { type Summary, summarize } from './statistics.js';

/** Anything that makes bytes of a value and a value of bytes. */
export interface Serializer {
  readonly name: string;
  encode(value: unknown): Uint8Array;
  decode(bytes: Uint8Array): unknown;
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
      // A copy, because an encoder may answer with a view of the buffer that its next call writes to.
      const bytes = Uint8Array.from(serializer.encode(value));
      serializer.decode(bytes);
      bench.add(`${serializer.name} encode`, () => void serializer.encode(value), { async: false });
      bench.add(`${serializer.name} decode`, () => void serializer.decode(bytes), { async: false });
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
