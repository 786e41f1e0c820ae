import { setTimeout as sleep } from 'node:timers/promises';
import { RedisBackend } from '../../dist/index.js';
import { CallLedger, largest } from '../support/call-ledger.js';
import { NODE_TIMEOUT_MS, type RunningCluster, startCluster } from '../support/cluster.js';
import { moveSlot, ownerOf, slotOf } from '../support/cluster-slots.js';
import { keyedValue, versionOf } from '../support/keyed-value.js';
import { type Item, scorecard } from '../support/scorecard.js';

const MASTERS = 3;

interface Prepared {
  readonly cluster: RunningCluster;
  readonly cache: RedisBackend;
}

/** Three masters, each with a replica. */
async function prepared(item: Item, timeoutMs: number, replicas = 1): Promise<Prepared> {
  const cluster = await startCluster({ masters: MASTERS, replicas });
  item.defer(() => cluster.stop());
  const cache = new RedisBackend({ cluster: { nodes: [...cluster.startNodes] }, timeoutMs });
  item.defer(() => cache.close());
  await cache.set('warm', 1);
  return { cluster, cache };
}

/** A small value for most keys, a large one for every tenth. */
function sized(key: string, index: number): ReturnType<typeof keyedValue> {
  return keyedValue(key, 1, index % 10 === 0 ? 100_000 : 100);
}

/** Some keys of each master. */
async function keysByMaster(cluster: RunningCluster, each: number): Promise<string[][]> {
  const found: string[][] = cluster.nodes.map(() => []);
  for (let index = 0; found.some(({ length }) => length < each); index++) {
    const key = `key-${index}`;
    const list = found[ownerOf(cluster, await slotOf(cluster, key))];
    if (list && list.length < each) list.push(key);
  }
  return found;
}

scorecard(14, 'Cluster, SIGKILL of one of three primaries: only its own slots wait', async (item) => {
  const T = 1_000;
  const { cluster, cache } = await prepared(item, T);
  // By default Redis itself refuses every slot, CLUSTERDOWN, while one of them has no master.
  for (const node of [...cluster.nodes, ...cluster.replicas]) {
    await node.call('CONFIG', 'SET', 'cluster-require-full-coverage', 'no');
  }
  const byMaster = await keysByMaster(cluster, 30);
  for (const keys of byMaster) {
    for (const [index, key] of keys.entries()) {
      // The first large values wait for a thread and its connections, longer than T on a busy machine.
      while (!(await item.calls.run(() => cache.set(key, sized(key, index)))).ok) await sleep(20);
    }
  }
  const victim = item.random(MASTERS);
  const ledgers = byMaster.map(() => new CallLedger());
  let lastFailure = 0;
  let back = 0;
  let wrong = 0;
  let turn = 0;
  const calls: Promise<unknown>[] = [];
  const timer = setInterval(() => {
    turn++;
    for (const [master, keys] of byMaster.entries()) {
      const index = turn % keys.length;
      const key = keys[index] ?? '';
      const write = turn % 3 === 0;
      const call = (): Promise<unknown> => (write ? cache.set(key, sized(key, index)) : cache.get(key));
      const noted = ledgers[master]?.run(call).then((outcome) => {
        if (outcome.ok && !write && outcome.value !== undefined && versionOf(key, outcome.value) !== 1)
          wrong++;
        if (master !== victim) return;
        if (outcome.ok) back = performance.now();
        else lastFailure = performance.now();
      });
      calls.push(noted ?? Promise.resolve());
    }
  }, 10);
  await sleep(500);
  const pid = cluster.nodes[victim]?.pid;
  if (pid === undefined) throw new Error('there is no such master');
  process.kill(pid, 'SIGKILL');
  const killed = performance.now();
  await sleep(NODE_TIMEOUT_MS + item.scale(12_000, 4_000));
  clearInterval(timer);
  await Promise.all(calls);
  const others = ledgers.filter((_, master) => master !== victim);
  const errors = others.reduce((sum, { rejectedMs }) => sum + rejectedMs.length, 0);
  const slowest = largest(others.map(({ fulfilledMs }) => largest(fulfilledMs)));
  item.note(
    'calls of other shards',
    others.reduce((sum, { started }) => sum + started, 0),
  );
  item.none('errors of other shards', errors);
  for (const ledger of others) {
    for (const [code, count] of Object.entries(ledger.codes)) item.note(`of those ${code}`, count);
  }
  item.note('the slowest call of other shards', Math.round(slowest), 'ms');
  item.note('errors of its own slots', ledgers[victim]?.rejectedMs.length ?? 0);
  item.none(
    'errors that are not ours, calls that threw or did not settle',
    ledgers.reduce((sum, { untyped, thrown, unsettled }) => sum + untyped + thrown + unsettled, 0),
  );
  item.none('wrong values', wrong);
  const down = Math.max(0, Math.round(lastFailure - killed));
  item.none('its own slots did not come back', back > lastFailure ? 0 : 1);
  item.atMost('the last error of its own slots, after the kill', down, [NODE_TIMEOUT_MS + 3_000, 'ms']);
});

scorecard(15, 'slot migration under mixed load: no MOVED, ASK or TRYAGAIN reaches a caller', async (item) => {
  const { cluster, cache } = await prepared(item, 5_000, 0);
  const tag = 'moving';
  const slot = await slotOf(cluster, tag);
  const keys = Array.from({ length: 300 }, (_, index) => `{${tag}}${index}`);
  const size = (index: number): number => (index % 20 === 0 ? 120_000 : 300);
  await Promise.all(keys.map((key, index) => cache.set(key, keyedValue(key, 1, size(index)))));
  let wrong = 0;
  let missing = 0;
  let running = true;
  const check = (key: string | undefined, value: unknown): void => {
    if (value === undefined) missing++;
    else if (versionOf(key ?? '', value) !== 1) wrong++;
  };
  const load = async (): Promise<void> => {
    while (running) {
      const index = item.random(keys.length);
      const key = keys[index] ?? '';
      const some = keys.slice(index, index + 5);
      const kind = item.random(4);
      if (kind === 0) await item.calls.run(() => cache.set(key, keyedValue(key, 1, size(index))));
      else if (kind === 1) {
        const outcome = await item.calls.run(() => cache.getMany(some));
        if (outcome.ok) for (const [at, value] of outcome.value.entries()) check(some[at], value);
      } else {
        const outcome = await item.calls.run(() => cache.get(key));
        if (outcome.ok) check(key, outcome.value);
      }
    }
  };
  const loads = Array.from({ length: 20 }, load);
  let at = ownerOf(cluster, slot);
  let moved = 0;
  const rounds = item.scale(12, 2);
  for (let round = 0; round < rounds; round++) {
    const to = (at + 1) % MASTERS;
    moved += await moveSlot(cluster, { slot, from: at, to });
    at = to;
    await sleep(200);
  }
  running = false;
  await Promise.all(loads);
  item.note('calls', item.calls.started);
  item.note('moves of the slot', rounds);
  item.note('keys moved', moved);
  item.none('calls that failed', item.calls.rejectedMs.length);
  item.none('misses of keys that are there', missing);
  item.none('values of other keys', wrong);
});

scorecard(
  16,
  'getMany and setMany of 10,000 keys across slots: right order, others unaffected',
  async (item) => {
    const { cache } = await prepared(item, 20_000, 0);
    const all = item.scale(10_000, 3_000);
    const keys = Array.from({ length: all }, (_, index) => `many-${index}`);
    const written = item.calls.run(() =>
      cache.setMany(
        keys.map((key, index) => ({ key, value: keyedValue(key, index, index % 500 === 7 ? 100_000 : 50) })),
      ),
    );
    const beside = [
      item.calls.run(() => cache.get('warm')),
      item.calls.run(() => cache.set('other', 2)),
      item.calls.run(() => cache.exists('warm')),
    ];
    const ends = await Promise.all([written, ...beside]);
    const read = item.calls.run(() => cache.getMany([...keys, 'none', ...keys.slice(0, 10).reverse()]));
    const alsoBeside = await Promise.all([
      item.calls.run(() => cache.get('other')),
      item.calls.run(() => cache.delete('other')),
    ]);
    const { ok, ...outcome } = await read;
    const values = ok && 'value' in outcome ? outcome.value : [];
    const wanted = [...keys, 'none', ...keys.slice(0, 10).reverse()];
    const misplaced = wanted.filter((key, at) => versionOf(key, values[at]) !== indexOf(key)).length;
    item.note('keys', all);
    item.note('commands of the same tick', ends.length - 1 + alsoBeside.length);
    item.none('of those that failed', [...ends, ...alsoBeside].filter((end) => !end.ok).length);
    item.none('values that are not in their place', misplaced);
  },
);

function indexOf(key: string): number | undefined {
  const digits = /^many-(\d+)$/.exec(key)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

scorecard(17, 'an uncovered slot: a rejection, never a synchronous throw', async (item) => {
  const T = item.scale(2_000, 1_000);
  const { cluster, cache } = await prepared(item, T, 0);
  const slot = await slotOf(cluster, 'lost');
  for (const node of cluster.nodes) {
    await node.call('CONFIG', 'SET', 'cluster-require-full-coverage', 'no');
    // Only the owner has it to give away; the others answer with an error.
    await node.call('CLUSTER', 'DELSLOTS', slot).catch(() => undefined);
  }
  await using fresh = new RedisBackend({ cluster: { nodes: [...cluster.startNodes] }, timeoutMs: T });
  let rejected = 0;
  let others = 0;
  for (const backend of [cache, fresh]) {
    await item.calls.run(() => backend.get('warm'));
    const large = 'x'.repeat(200_000);
    const lost = [
      () => backend.get('lost'),
      () => backend.set('lost', 1),
      () => backend.set('lost', large),
      () => backend.getMany(['lost', 'warm']),
      () => backend.delete('lost'),
    ].map((call) => item.calls.run<unknown>(call));
    const fine = await item.calls.run(() => backend.get('warm'));
    if (!fine.ok) others++;
    rejected += (await Promise.all(lost)).filter(({ ok }) => !ok).length;
  }
  item.atLeast('calls of the slot that were rejected', rejected, [10]);
  item.none('calls of the same turn for other slots that failed', others);
});
