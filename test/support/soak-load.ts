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

/** What is known of a key: it is written by one lane alone, one call after another. */
interface Known {
  /** The last version that was acknowledged. */
  acknowledged: number;
  /** The last version that was written, however that ended. */
  newest: number;
  /** Versions whose sets failed: of those Redis may have got some, and may get to them late. */
  readonly failed: Set<number>;
}

const KEYS = 200;
const LANES = 16;
/** One value of so many is large. */
const LARGE_EVERY = 40;

/**
 * Reads and writes without a pause, each lane one call after another, over keys that it alone writes: the version of what
 * comes back must be one that was written there, and not older than the last that was acknowledged.
 */
export class SoakLoads {
  readonly #load: SoakLoad;
  readonly #known = Array.from({ length: LANES }, () => new Map<string, Known>());
  #running = false;
  #lanes: Promise<void>[] = [];
  /** Values that are not the key's. */
  wrong = 0;
  /** Values older than the last that was acknowledged. */
  stale = 0;
  /** Of sets that had failed with an unknown outcome, and were applied after later ones. */
  late = 0;

  constructor(load: SoakLoad) {
    this.#load = load;
  }

  start(): void {
    this.#running = true;
    this.#lanes = this.#known.map((known, lane) => this.#lane(lane, known));
  }

  /** Resolves when no call is in flight. What is known of the keys stays. */
  async stop(): Promise<void> {
    this.#running = false;
    await Promise.all(this.#lanes);
  }

  async #lane(lane: number, known: Map<string, Known>): Promise<void> {
    const { random } = this.#load;
    while (this.#running) {
      const key = `lane-${lane}-${random(KEYS)}`;
      const state = known.get(key) ?? { acknowledged: 0, newest: 0, failed: new Set<number>() };
      known.set(key, state);
      const ok = await (random(3) === 0 ? this.#set(key, state) : this.#get(key, state));
      if (!ok) await sleep(5);
    }
  }

  async #set(key: string, state: Known): Promise<boolean> {
    const { cache, calls, random } = this.#load;
    const version = ++state.newest;
    const bytes = random(LARGE_EVERY) === 0 ? 70_000 + random(300_000) : 20 + random(3_000);
    const { ok } = await calls.run(() => cache.set(key, keyedValue(key, version, bytes)));
    if (ok) state.acknowledged = version;
    else state.failed.add(version);
    return ok;
  }

  async #get(key: string, state: Known): Promise<boolean> {
    const { cache, calls } = this.#load;
    const got = await calls.run(() => cache.get(key));
    // Redis without a disk forgets all when it is killed: a miss says nothing.
    if (!got.ok || got.value === undefined) return got.ok;
    const version = versionOf(key, got.value);
    if (version === undefined || version > state.newest) this.wrong++;
    else if (version < state.acknowledged) {
      if (state.failed.has(version)) this.late++;
      else this.stale++;
    }
    return true;
  }
}
