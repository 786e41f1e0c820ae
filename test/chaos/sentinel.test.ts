import { setTimeout as sleep } from 'node:timers/promises';
import { RedisBackend } from '../../dist/index.js';
import { type Item, scorecard } from '../support/scorecard.js';
import { type RunningSentinel, startSentinel } from '../support/sentinel.js';

const DOWN_AFTER_MS = 2_000;
/** Writes of so long before the end went to the new master for certain. */
const SETTLED_MS = 1_500;

/** A set a millisecond or so, each with a key of its own, small and large, and how each ended. */
class Writers {
  readonly #item: Item;
  readonly #cache: RedisBackend;
  readonly #timer: NodeJS.Timeout;
  readonly #sets: Promise<void>[] = [];
  /** Keys whose sets were acknowledged, and when. */
  readonly acknowledged = new Map<string, number>();
  /** Keys acknowledged since then. */
  since(moment: number): string[] {
    return [...this.acknowledged].filter(([, at]) => at >= moment).map(([key]) => key);
  }

  /** When each set that failed as READONLY was answered. */
  readonly readonlyAt: number[] = [];

  constructor(item: Item, cache: RedisBackend, prefix: string) {
    this.#item = item;
    this.#cache = cache;
    this.#timer = setInterval(() => this.#sets.push(this.#set(`${prefix}${this.#sets.length}`)), 2);
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await Promise.all(this.#sets);
  }

  async #set(key: string): Promise<void> {
    const value = key.endsWith('00') ? 'x'.repeat(150_000) : key;
    const outcome = await this.#item.calls.run(() => this.#cache.set(key, value));
    const now = performance.now();
    if (outcome.ok) this.acknowledged.set(key, now);
    else if (outcome.code === 'ERR_READONLY') this.readonlyAt.push(now);
  }
}

async function sentinel(item: Item): Promise<{ group: RunningSentinel; cache: RedisBackend }> {
  const group = await startSentinel({ downAfterMs: DOWN_AFTER_MS });
  item.defer(() => group.stop());
  const cache = new RedisBackend({
    sentinel: { name: group.name, sentinels: group.sentinels },
    timeoutMs: 1_000,
    reconnectMaxDelayMs: 500,
  });
  item.defer(() => cache.close());
  await cache.set('warm', 1);
  await cache.set('warm-large', 'x'.repeat(150_000));
  await sleep(200);
  return { group, cache };
}

async function missing(cache: RedisBackend, keys: Iterable<string>): Promise<number> {
  const list = [...keys];
  let gone = 0;
  for (let at = 0; at < list.length; at += 500) {
    const found = await Promise.all(list.slice(at, at + 500).map((key) => cache.exists(key)));
    gone += found.filter((there) => !there).length;
  }
  return gone;
}

scorecard(12, 'Sentinel failover by SIGKILL of the master: writes resume', async (item) => {
  const { group, cache } = await sentinel(item);
  const writers = new Writers(item, cache, 'w');
  await sleep(item.scale(3_000, 1_000));
  process.kill(group.master.pid, 'SIGKILL');
  const killed = performance.now();
  await sleep(DOWN_AFTER_MS + item.scale(10_000, 4_000));
  const late = performance.now() - SETTLED_MS;
  await writers.stop();
  const after = [...writers.acknowledged].filter(([, at]) => at > killed + 100).map(([, at]) => at);
  const resumed = after.length > 0 ? Math.min(...after) - killed : Number.POSITIVE_INFINITY;
  item.note('acknowledged writes', writers.acknowledged.size);
  item.atMost('writes resumed after', Math.round(resumed), [DOWN_AFTER_MS + 5_000, 'ms']);
  // Replication is asynchronous: what the master acknowledged and had not sent on is lost with it.
  item.note('acknowledged writes lost with the master', await missing(cache, writers.acknowledged.keys()));
  const last = writers.since(late);
  item.atLeast('acknowledged writes of the last 1.5 s', last.length, [50]);
  item.none('of those lost', await missing(cache, last));
});

scorecard(13, 'SENTINEL FAILOVER: READONLY lasts less than 1 s', async (item) => {
  const { group, cache } = await sentinel(item);
  const writers = new Writers(item, cache, 'w');
  await sleep(1_000);
  await group.sentinel.call('SENTINEL', 'FAILOVER', group.name);
  const began = performance.now();
  await sleep(item.scale(12_000, 5_000));
  const late = performance.now() - SETTLED_MS;
  await writers.stop();
  const [first = 0] = writers.readonlyAt;
  const last = writers.readonlyAt.at(-1) ?? 0;
  const resumed = [...writers.acknowledged.values()].filter((at) => at > last && at > began);
  item.note('writes refused as READONLY', writers.readonlyAt.length);
  item.atMost('READONLY, from the first to the last', Math.round(last - first), [1_000, 'ms']);
  item.atLeast('writes after that', resumed.length, [100]);
  item.note('acknowledged writes lost in the switch', await missing(cache, writers.acknowledged.keys()));
  item.none('of the last 1.5 s lost', await missing(cache, writers.since(late)));
});
