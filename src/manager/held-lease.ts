import type { KeyLeases } from '../backends/noted-store.js';
import type { Lease } from '../redis/leases.js';

/** A lease is prolonged so often within its time. */
const RENEWALS = 3;

/** A lease that is prolonged again and again until it ends, in the background. */
export class HeldLease {
  readonly #leases: KeyLeases;
  readonly #lease: Lease;
  readonly #failed: () => void;
  readonly #renewing: NodeJS.Timeout;
  #state: 'held' | 'ended' = 'held';

  /** @param failed told of each time that Redis does not do what it is asked to */
  constructor(leases: KeyLeases, lease: Lease, failed: () => void) {
    this.#leases = leases;
    this.#lease = lease;
    this.#failed = failed;
    this.#renewing = setInterval(() => this.#renew(), lease.ttlMs / RENEWALS);
    this.#renewing.unref();
  }

  /** The value was stored, which has ended the lease. */
  end(): void {
    this.#state = 'ended';
    clearInterval(this.#renewing);
  }

  /** Ends the lease, where it has not ended: whoever waits for it may have one of his own. */
  giveBack(): void {
    if (this.#state === 'ended') return;
    this.end();
    this.#leases.release(this.#lease).catch(this.#failed);
  }

  #renew(): void {
    this.#leases.renew(this.#lease).then((renewed) => {
      // It is somebody else's: what is made here will not be stored, and may still be given.
      if (!renewed) clearInterval(this.#renewing);
    }, this.#failed);
  }
}
