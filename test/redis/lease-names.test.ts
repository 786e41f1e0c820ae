import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CacheManager, RedisBackend } from '../../dist/index.js';
import { leaseName, tagOf, temporaryName } from '../../dist/redis/lease-names.js';
import { type RunningCluster, startCluster } from '../support/cluster.js';
import { slotOf } from '../support/cluster-slots.js';
import { BYTES_OF_OWN_KEY, bytesPerCutKey } from '../support/cut-keys.js';
import { recordsOf } from '../support/records.js';

const KEYS = ['plain', 'app:{42}:x', 'a{b', 'a}b', '{}x', 'x{}', '}{', '{a}{b}', '{{a}}', 'é😀}', 'a{}b{c}'];

let cluster: RunningCluster;
beforeAll(async () => {
  cluster = await startCluster();
}, 60_000);
afterAll(() => cluster.stop());

it.each(KEYS)('the names that belong to %s are in its slot', async (key) => {
  const slot = await slotOf(cluster, key);
  expect(await slotOf(cluster, leaseName(key))).toBe(slot);
  expect(await slotOf(cluster, temporaryName(key))).toBe(slot);
});

it('no two keys have one lease', () => {
  expect(new Set(KEYS.map(leaseName)).size).toBe(KEYS.length);
  expect(tagOf('a}b')).toBe(tagOf('a}b'));
});

describe('in a cluster', () => {
  it.each(KEYS)('getOrSet of %s calls one factory for two processes, small and large', async (key) => {
    const open = (): CacheManager =>
      new CacheManager({ backend: new RedisBackend({ cluster: { nodes: cluster.startNodes } }) });
    await using first = open();
    await using second = open();
    for (const value of ['small', recordsOf(500_000)]) {
      let calls = 0;
      const make = async (): Promise<unknown> => {
        calls++;
        await new Promise((resolve) => setTimeout(resolve, 100));
        return value;
      };
      const got = await Promise.all([first.getOrSet(key, make), second.getOrSet(key, make)]);
      expect(got).toEqual([value, value]);
      expect(calls).toBe(1);
      await first.delete(key);
    }
    expect([first.stats().failures, second.stats().failures]).toEqual([0, 0]);
  });
});

it('a key that a tag is searched for, and that is cut out of a long text, does not keep that', async () => {
  expect(await bytesPerCutKey(tagOf)).toBeLessThan(BYTES_OF_OWN_KEY);
});
