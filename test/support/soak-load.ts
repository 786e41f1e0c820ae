import { setTimeout as sleep } from 'node:timers/promises';
import type { RedisBackend } from '../../dist/index.js';
import type { CallLedger } from './call-ledger.js';
import { keyedValue, versionOf } from './keyed-value.js';

/** What a load is made of. */
export interface SoakLoad {
  readonly cache: RedisBackend;
  readonly calls: CallLedger;
  readonly random: (below: number) => number;
}

const KEYS = 200;
const LANES = 16;
const HOLD_LARGE = 40;

/**
 * Reads and writes without a pause, each lane one call after another, over keys that it alone writes: the version of what
 * comes back must be one that was written there, and not older than the last that was acknowledged.
 */
export class SoakLoads {
  readonly #load: SoakLoad;
  #running = true;
  readonly #lanes: Promise<void>[];
  /** Values that are not the key's. */
  wrong = 0;
  /** Values older than the last that was acknowledged. */
  stale = 0;

  constructor(load: SoakLoad) {
    this.#load = load;
    this.#lanes = Array.from({ length: LANES }, (_, lane) => this.#lane(lane));
  }

  async stop(): Promise<void> {
    this.#running = false;
    await Promise.all(this.#lanes);
  }

  async #lane(lane: number): Promise<void> {
    const { cache, calls, random } = this.#load;
    const known = new Map<string, { acknowledged: number; newest: number }>();
    while (this.#running) {
      const key = `lane-${lane}-${random(KEYS)}`;
      const state = known.get(key) ?? { acknowledged: 0, newest: 0 };
      if (random(3) === 0) {
        const version = state.newest + 1;
        known.set(key, { ...state, newest: version });
        const bytes = random(HOLD_LARGE) === 0 ? 70_000 + random(300_000) : 20 + random(3_000);
        const set = await calls.run(() => cache.set(key, keyedValue(key, version, bytes)));
        if (set.ok) known.set(key, { acknowledged: version, newest: version });
        else await sleep(5);
      } else {
        const got = await calls.run(() => cache.get(key));
        if (!got.ok) await sleep(5);
        // Redis without a disk forgets all when it is killed: a miss says nothing.
        else if (got.value !== undefined) this.#check(key, got.value, state);
      }
    }
  }

  #check(
    key: string,
    value: unknown,
    { acknowledged, newest }: { acknowledged: number; newest: number },
  ): void {
    const version = versionOf(key, value);
    if (version === undefined || version > newest) this.wrong++;
    else if (version < acknowledged) this.stale++;
  }
}
