/** A look at the memory of this process. */
export interface MemorySample {
  readonly atMs: number;
  /** Bytes that the process takes. */
  readonly rss: number;
  /** Bytes of live objects and of buffers, after a collection. */
  readonly held: number;
}

/** By how much memory grows, MB an hour, and how far that can be told: two standard errors of it. */
export interface MemorySlope {
  readonly mbPerHour: number;
  readonly noise: number;
}

const HOUR_MS = 3_600_000;
const MB = 1024 * 1024;
/** However much looks resemble those before: below this part of them, nothing could be told. */
const LEAST_SHARE = 0.1;

/**
 * The line through the samples by least squares. Memory wanders, so that a look resembles the one before it, and many looks tell as much
 * as a few independent ones: n (1 - r) / (1 + r) of them, where r is the autocorrelation of what the line leaves (Santer et al.,
 * "Statistical significance of trends", J. Geophys. Res. 105, 2000, equation 6). Of fewer than three samples nothing can be told.
 */
export function memorySlope(samples: readonly MemorySample[], what: 'rss' | 'held'): MemorySlope {
  if (samples.length < 3) return { mbPerHour: 0, noise: Number.POSITIVE_INFINITY };
  const meanAt = mean(samples.map(({ atMs }) => atMs));
  const meanBytes = mean(samples.map((sample) => sample[what]));
  const spread = sumOf(samples.map(({ atMs }) => (atMs - meanAt) ** 2));
  const slope = sumOf(samples.map((sample) => (sample.atMs - meanAt) * (sample[what] - meanBytes))) / spread;
  const left = samples.map((sample) => sample[what] - meanBytes - slope * (sample.atMs - meanAt));
  const squares = sumOf(left.map((bytes) => bytes ** 2));
  const following = sumOf(left.slice(1).map((bytes, index) => bytes * (left[index] ?? 0)));
  const resemblance = squares > 0 ? Math.max(0, following / squares) : 0;
  const independent = samples.length * Math.max(LEAST_SHARE, (1 - resemblance) / (1 + resemblance));
  const error = Math.sqrt(squares / Math.max(1, independent - 2) / spread);
  return { mbPerHour: (slope * HOUR_MS) / MB, noise: (2 * error * HOUR_MS) / MB };
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}

function mean(numbers: readonly number[]): number {
  return sumOf(numbers) / numbers.length;
}
