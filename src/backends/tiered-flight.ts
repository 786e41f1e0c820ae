import type { NotedValue } from './noted-store.js';

/** One read of the second layer, for all who ask meanwhile. */
export interface Flight {
  readonly startedAt: number;
  /** The value, kept by the first layer where that may. */
  readonly landed: Promise<NotedValue | undefined>;
  /** Whether the key may have changed since it began. */
  stale: boolean;
}
