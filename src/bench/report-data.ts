import type { Comparison } from './compare.js';
import type { Environment } from './environment.js';
import type { Result } from './result.js';
import type { ThresholdOutcome } from './thresholds.js';
import type { Tuning } from './tune/tuning.js';

/** The version of the report's JSON document. */
export const REPORT_FORMAT = 1;

/** Everything that a run found out: what `--json` prints, what `--report` draws, and what `--baseline` reads. */
export interface Report {
  readonly format: typeof REPORT_FORMAT;
  readonly kind: 'bench' | 'tune';
  /** The exact command that repeats the run; absent where it was called as a library. */
  readonly command?: string;
  readonly environment: Environment;
  /** How the run was set up: rounds, durations, what the values were. */
  readonly settings: Readonly<Record<string, string | number>>;
  /** Contenders that could not take part, each with the reason. */
  readonly skipped: readonly { readonly id: string; readonly reason: string }[];
  readonly results: readonly Result[];
  /** Why the run ended before its end, and `results` lacks tables; absent where it did not. */
  readonly incomplete?: string;
  /** Against an earlier run, where one was given. */
  readonly comparison?: Comparison;
  /** What `--fail-if` asked for, each with what was measured. */
  readonly thresholds?: readonly ThresholdOutcome[];
  /** What `tune` recommends and why; absent in a `bench`. */
  readonly tuning?: Tuning;
}
