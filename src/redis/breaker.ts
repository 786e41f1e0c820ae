import { OffloopError } from '../errors.js';

/** When calls are refused without Redis being asked. */
export interface BreakerSettings {
  readonly enabled: boolean;
  /** Calls in a row that Redis did not answer, after which it opens. */
  readonly failures: number;
  /** It does not open before Redis has answered nothing for this long, in ms: one lost connection is no outage. */
  readonly windowMs: number;
  /** Milliseconds after which Redis is tried again; earlier where the connection is there again. */
  readonly openMs: number;
  /** Calls that try it at a time. */
  readonly probes: number;
}

/** `closed`: all calls go through. `open`: none does. `half-open`: a few do, and decide. */
export type BreakerState = 'closed' | 'open' | 'half-open';

/**
 * A circuit breaker: while Redis does not answer, calls are refused at once instead of waiting until their time is up. Any
 * answer closes it, an error of Redis too.
 */
export class Breaker {
  readonly #settings: BreakerSettings;
  readonly #changed: (state: BreakerState) => void;
  #state: BreakerState = 'closed';
  /** Failures since the last answer, and when the first of them was. */
  #failures = 0;
  #since = 0;
  #openedAt = 0;
  #probes = 0;
  #opened = 0;

  constructor(settings: BreakerSettings, changed: (state: BreakerState) => void) {
    this.#settings = settings;
    this.#changed = changed;
  }

  get state(): BreakerState {
    return this.#state;
  }

  /** Whether an answer would tell it nothing new. */
  get isCalm(): boolean {
    return this.#failures === 0 && this.#state === 'closed';
  }

  /** How often it has opened. */
  get opened(): number {
    return this.#opened;
  }

  /** Whether a call made now would not be refused. */
  get letsThrough(): boolean {
    if (this.#state === 'closed') return true;
    if (performance.now() - this.#openedAt >= this.#settings.openMs) this.tryAgain();
    return this.#state === 'half-open' && this.#probes < this.#settings.probes;
  }

  /** While it is not closed: whether a call may be made, as a probe, of which the end must be told by `probed`. */
  admitsProbe(): boolean {
    if (!this.letsThrough) return false;
    this.#probes++;
    return true;
  }

  /** Redis answered. */
  succeeded(): void {
    this.#failures = 0;
    if (this.#state === 'closed') return;
    this.#state = 'closed';
    this.#changed('closed');
  }

  /** Redis did not. */
  failed(): void {
    const { enabled, failures, windowMs } = this.#settings;
    if (!enabled) return;
    const now = performance.now();
    if (this.#failures++ === 0) this.#since = now;
    if (this.#state === 'closed' && (this.#failures < failures || now - this.#since < windowMs)) return;
    this.#openedAt = now;
    if (this.#state === 'open') return;
    const wasClosed = this.#state === 'closed';
    this.#state = 'open';
    if (!wasClosed) return;
    this.#opened++;
    this.#changed('open');
  }

  /** A probe has ended, however. */
  probed(): void {
    this.#probes--;
  }

  /** There is reason to try Redis again. */
  tryAgain(): void {
    if (this.#state === 'open') this.#state = 'half-open';
  }
}

/** What a call is told that is refused. */
export function breakerIsOpen(title: string, writes: boolean): OffloopError {
  const text = `${title}: Redis did not answer the last calls, and is not asked again yet (breaker); nothing was sent`;
  return new OffloopError('ERR_UNAVAILABLE', text, writes ? 'not-applied' : undefined);
}
