import { MAX_TTL_SECONDS } from '../backends/cache-backend.js';
import { OffloopError } from '../errors.js';
import type { Made } from '../offload/tasks.js';
import type { Lease } from '../redis/leases.js';
import type { Maker } from '../redis/made-values.js';
import type { Entries, Entry } from './entries.js';
import type { Stamp } from './entry-note.js';
import { callFactory } from './factory-call.js';
import { abortedWait } from './flight.js';
import { assertTtl, type Factory, type Policy } from './get-or-set-options.js';
import { HeldLease } from './held-lease.js';
import { type Right, rightToMake } from './lease-wait.js';
import type { ManagerCounters } from './manager-stats.js';
import type { TtlPolicy } from './ttl-policy.js';
import type { Domain } from './under-way.js';

/** What productions have in common. */
export interface Workshop {
  readonly entries: Entries;
  readonly ttlPolicy: TtlPolicy;
  readonly counters: ManagerCounters;
  readonly domain: Domain;
}

/** What is to be made. */
export interface Order {
  /** The full name of the key. */
  readonly name: string;
  readonly key: string;
  readonly factory: Factory<unknown> | Maker;
  readonly policy: Policy;
  /** The entry that is not fresh any more. */
  readonly stale: Entry | undefined;
  /** Whether the backend answered when it was asked for the value. */
  readonly reachable: boolean;
  /** Whether nobody waits for it. */
  readonly background: boolean;
}

/** Instead of a value. */
export const NOT_MADE = Symbol('not made');

/** Failures of a set that are the value's or the options', not the backend's. */
const FAULTS_OF_THE_CALLER: readonly string[] = ['ERR_VALUE', 'ERR_OPTION', 'ERR_TTL', 'ERR_KEY'];

/** The making of one value: right, factory, store. */
export class Production {
  /** The value; {@link NOT_MADE} of one in the background that another process makes already. */
  readonly made: Promise<unknown>;
  readonly #workshop: Workshop;
  readonly #order: Order;
  readonly #controller = new AbortController();
  /** Released: superseded, and its lease is given back, or will be as soon as it comes. */
  #state: 'wanted' | 'superseded' | 'released' = 'wanted';
  #isAlone: boolean;
  /** Flights that wait for it: after an invalidation a second one may. */
  #flights = 0;
  #isEnded = false;
  /** Keeps other processes from making the same. */
  #held: HeldLease | undefined;
  /** The value as a worker encoded it. */
  #encoded: Made | undefined;

  constructor(workshop: Workshop, order: Order) {
    this.#workshop = workshop;
    this.#order = order;
    this.#isAlone = order.background;
    this.made = this.#make();
    // Whoever waits takes up a failure; in the background nobody does, and it has been counted.
    this.made.catch(ignore);
  }

  /** Whether what it makes will have a tag. */
  hasTag(tagPrefix: string, tag: string): boolean {
    return this.#workshop.domain.tagPrefix === tagPrefix && this.#order.policy.tags.includes(tag);
  }

  /** Goes on although nobody waits for it. */
  goOn(): void {
    this.#isAlone = true;
  }

  /** A flight waits for it. */
  join(): void {
    this.#flights++;
  }

  /** A flight waits no more. Ends it, unless another does, or it is to go on alone; true where it has ended. */
  abandon(): boolean {
    if (--this.#flights > 0 || this.#isAlone) return false;
    this.end(abortedWait(this.#order.key));
    return true;
  }

  /** Ends it: those who wait are given the reason, and nothing is stored. */
  end(reason: OffloopError): void {
    this.#isEnded = true;
    this.#controller.abort(reason);
  }

  /** What it makes is given to those who wait, and not stored: the key is set or removed meanwhile. */
  supersede(): void {
    this.#state = 'superseded';
  }

  /** What has superseded it is done: others may make the value, whether or not this one has ended. */
  release(): void {
    this.#state = 'released';
    this.#held?.giveBack();
  }

  async #make(): Promise<unknown> {
    const right = await this.#right();
    if (right.kind === 'found') return right.entry.value;
    const { background } = this.#order;
    if (right.kind === 'others' && background) return NOT_MADE;
    const lease = right.kind === 'make' ? right.lease : undefined;
    if (lease) this.#hold(lease);
    try {
      const stamps = await this.#stamps();
      const startedAt = performance.now();
      const value = await this.#call(lease);
      const costMs = performance.now() - startedAt;
      if (right.kind === 'make' && stamps && (await this.#store(value, { lease, stamps, costMs })))
        this.#held?.end();
      return value;
    } finally {
      this.#held?.giveBack();
    }
  }

  #hold(lease: Lease): void {
    const { entries, counters } = this.#workshop;
    if (!entries.leases) return;
    this.#held = new HeldLease(entries.leases, lease, () => {
      counters.failures++;
    });
    if (this.#state === 'released') this.#held.giveBack();
  }

  /** Undefined where they are not to be had: what is made is then not stored. */
  async #stamps(): Promise<readonly Stamp[] | undefined> {
    const { entries, counters } = this.#workshop;
    const { policy, reachable } = this.#order;
    const stamps = entries.stamp(policy.tags);
    if (!(stamps instanceof Promise)) return stamps;
    if (!reachable) {
      this.#inBackground(stamps);
      return undefined;
    }
    return stamps.catch(() => {
      counters.failures++;
      return undefined;
    });
  }

  async #right(): Promise<Right> {
    const { entries, counters } = this.#workshop;
    const { key, policy, reachable, background } = this.#order;
    const { leases } = entries;
    if (!leases || !policy.lease || !reachable) return { kind: 'make', lease: undefined };
    try {
      return await rightToMake({
        leases,
        key,
        ttlMs: policy.lease.ttlMs,
        waitMs: background ? 0 : policy.lease.waitMs,
        signal: this.#controller.signal,
        find: () => this.#find(),
        waits: () => {
          counters.leaseWaits++;
        },
      });
    } catch {
      counters.failures++;
      return { kind: 'make', lease: undefined };
    }
  }

  /** A value that another process has made since. */
  async #find(): Promise<Entry | undefined> {
    const { entries, counters } = this.#workshop;
    const { key, stale, background } = this.#order;
    try {
      const entry = await entries.read(key);
      // An early refresh finds the fresh one that it is to replace.
      const isOther = !background || entry?.note?.createdAt !== stale?.note?.createdAt;
      return isOther ? entry : undefined;
    } catch {
      counters.failures++;
      return undefined;
    }
  }

  async #call(lease: Lease | undefined): Promise<unknown> {
    const { counters } = this.#workshop;
    const { key, factory, policy, stale } = this.#order;
    const { signal } = this.#controller;
    if (signal.aborted) throw signal.reason;
    counters.factoryCalls++;
    try {
      const context = { key, stale: stale?.value, fence: lease?.fence };
      const make = typeof factory === 'function' ? factory : () => this.#makeElsewhere(factory);
      return await callFactory(make, context, { controller: this.#controller, hardMs: policy.hardMs });
    } catch (error) {
      if (!this.#isEnded) counters.factoryErrors++;
      throw error;
    }
  }

  async #makeElsewhere(maker: Maker): Promise<unknown> {
    const made = await this.#workshop.entries.make?.(maker, this.#controller.signal);
    this.#encoded = made?.encoded;
    return made?.value;
  }

  /** Whether the value was stored; a failure of the backend is not the caller's. */
  async #store(value: unknown, making: Making): Promise<boolean> {
    const { counters } = this.#workshop;
    const ttl = this.#ttlOf(value);
    if (ttl === 0 || this.#state !== 'wanted') return false;
    const stored = this.#write(value, ttl, making);
    if (!this.#order.reachable) {
      // It did not answer a moment ago, and is not waited for again.
      this.#inBackground(stored);
      return false;
    }
    try {
      if (await stored) return true;
      if (this.#state === 'wanted') counters.lateWrites++;
    } catch (error) {
      counters.failures++;
      if (error instanceof OffloopError && FAULTS_OF_THE_CALLER.includes(error.code)) throw error;
    }
    return false;
  }

  #write(value: unknown, ttl: number, { lease, stamps, costMs }: Making): Promise<boolean> {
    const { graceMs, revalidateMs } = this.#order.policy;
    const createdAt = Date.now();
    const absent = value === undefined;
    const note = { createdAt, freshUntil: createdAt + ttl * 1_000, costMs, stamps, absent };
    const kept = ttl + Math.max(graceMs, revalidateMs) / 1_000;
    return this.#workshop.entries.write(this.#order.key, absent ? null : value, {
      ttl: ttl === Number.POSITIVE_INFINITY ? ttl : Math.min(kept, MAX_TTL_SECONDS),
      note,
      fence: lease,
      made: this.#encoded,
      isWanted: () => this.#state === 'wanted',
    });
  }

  /** Seconds; 0 for a value that is not stored. */
  #ttlOf(value: unknown): number {
    const { entries, ttlPolicy } = this.#workshop;
    const { ttl, type, negativeTtl, ttlJitter } = this.#order.policy;
    const isNothing = value === undefined || value === null;
    if (value === undefined && (negativeTtl === undefined || !entries.keepsNotes)) return 0;
    if (isNothing && negativeTtl !== undefined) return jittered(negativeTtl, ttlJitter);
    const seconds = typeof ttl === 'function' ? ttl(value) : (ttl ?? ttlPolicy.ttlFor(type));
    if (seconds === 0) return 0;
    assertTtl(seconds, 'getOrSet: ttl');
    return jittered(seconds, ttlJitter);
  }

  #inBackground(work: Promise<unknown> | undefined): void {
    work?.catch(() => {
      this.#workshop.counters.failures++;
    });
  }
}

/** What is known of a value when it is made. */
interface Making {
  readonly lease: Lease | undefined;
  readonly stamps: readonly Stamp[];
  readonly costMs: number;
}

function jittered(ttl: number, jitter: number): number {
  return ttl === Number.POSITIVE_INFINITY ? ttl : ttl * (1 - jitter * Math.random());
}

function ignore(): void {}
