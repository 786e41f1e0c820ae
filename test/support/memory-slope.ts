/** A look at the memory of this process. */
export interface MemorySample {
  readonly atMs: number;
  readonly rss: number;
}

/** By how much memory grows, MB an hour, and how far that can be told: two standard errors of it. */
export interface MemorySlope {
  readonly mbPerHour: number;
  readonly noise: number;
}

const HOUR_MS = 3_600_000;
const MB = 1024 * 1024;

/** The line through the samples by least squares. Of fewer than three samples nothing can be told. */
export function memorySlope(samples: readonly MemorySample[]): MemorySlope {
  if (samples.length < 3) return { mbPerHour: 0, noise: Number.POSITIVE_INFINITY };
  const meanAt = mean(samples.map(({ atMs }) => atMs));
  const meanRss = mean(samples.map(({ rss }) => rss));
  const spread = samples.reduce((sum, { atMs }) => sum + (atMs - meanAt) ** 2, 0);
  const slope = samples.reduce((sum, { atMs, rss }) => sum + (atMs - meanAt) * (rss - meanRss), 0) / spread;
  const squares = samples.reduce(
    (sum, { atMs, rss }) => sum + (rss - meanRss - slope * (atMs - meanAt)) ** 2,
    0,
  );
  const error = Math.sqrt(squares / (samples.length - 2) / spread);
  return { mbPerHour: (slope * HOUR_MS) / MB, noise: (2 * error * HOUR_MS) / MB };
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}
