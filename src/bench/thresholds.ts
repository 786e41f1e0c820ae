/** A figure that was asked to stay within a bound, and what it was. */
export interface ThresholdOutcome {
  /** As it was given, like `get.1MB.wait.p99 > 5ms`: the run fails where it is true. */
  readonly text: string;
  /** In the unit of the text; absent where no such figure was measured, which fails too. */
  readonly measured?: number;
  readonly failed: boolean;
}
