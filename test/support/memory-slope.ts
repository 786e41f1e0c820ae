/** A look at the memory of this process. */
export interface MemorySample {
  readonly atMs: number;
  readonly rss: number;
}

const HOUR_MS = 3_600_000;
const MB = 1024 * 1024;

/**
 * MB an hour by which memory grows, by least squares over the lowest of every ten samples: what is left after
 * collections, not the tooth of the saw.
 */
export function slopeMbPerHour(samples: readonly MemorySample[]): number {
  const lows: MemorySample[] = [];
  for (let at = 0; at + 10 <= samples.length; at += 10) {
    const group = samples.slice(at, at + 10);
    lows.push(group.reduce((low, sample) => (sample.rss < low.rss ? sample : low)));
  }
  if (lows.length < 2) return 0;
  const meanAt = mean(lows.map(({ atMs }) => atMs));
  const meanRss = mean(lows.map(({ rss }) => rss));
  let above = 0;
  let below = 0;
  for (const { atMs, rss } of lows) {
    above += (atMs - meanAt) * (rss - meanRss);
    below += (atMs - meanAt) ** 2;
  }
  return below === 0 ? 0 : ((above / below) * HOUR_MS) / MB;
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}
