import { readFileSync } from 'node:fs';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CacheManager, RedisBackend } from '../../dist/index.js';
import { startRedis } from '../support/redis-server.js';

const PAGE = readFileSync(new URL('../../docs/security.md', import.meta.url), 'utf8');
const BASE = /ACL SETUSER cache on >password (.*)/.exec(PAGE)?.[1]?.split(' ') ?? [];

/** What the page grants besides, by the beginning of the row. */
function besides(row: string): string[] {
  return (
    PAGE.split('\n')
      .find((line) => line.startsWith(`| ${row}`))
      ?.match(/`([~&+][^`]*)`/)?.[1]
      ?.split(' ') ?? []
  );
}

let server: Awaited<ReturnType<typeof startRedis>>;
let admin: Redis;
beforeAll(async () => {
  server = await startRedis({ ownProcess: true });
  admin = new Redis(server.url);
});
afterAll(async () => {
  admin.disconnect();
  await server.stop();
});

async function as(rules: readonly string[], keyPrefix = 'myapp:'): Promise<RedisBackend> {
  await admin.call('ACL', 'SETUSER', 'cache', 'reset', 'on', '>password', ...rules);
  await admin.call('ACL', 'LOG', 'RESET');
  return new RedisBackend({ url: `redis://cache:password@${server.host}:${server.port}`, keyPrefix });
}

/** Also what was refused and swallowed. */
async function refused(): Promise<string[]> {
  const log = (await admin.call('ACL', 'LOG')) as unknown[][];
  return log.map((entry) => String(entry[entry.indexOf('object') + 1]));
}

test('a user with the rights of docs/security.md can do everything that the page says', async () => {
  const cache = await as(BASE);
  const manager = new CacheManager({ backend: cache });
  const large = Array.from({ length: 20_000 }, (_, id) => ({ id, name: `row ${id}` }));
  await cache.setMany([
    { key: 'small', value: 1, ttl: 60 },
    { key: 'large', value: large },
  ]);
  expect(await cache.getMany(['small', 'large'])).toEqual([1, large]);
  expect(await cache.get('large', { slice: [7, 8] })).toEqual([large[7]]);
  expect(JSON.parse(String(await (await cache.open('large'))?.json()))).toEqual(large);
  await cache.touch('small', 60);
  expect(await cache.exists('small')).toBe(true);
  expect(await cache.ttl('small')).toBeGreaterThan(50);
  await manager.set('tagged', 1, { tags: ['a'] });
  await manager.invalidate('a');
  expect(await manager.get('tagged')).toBeUndefined();
  await cache.delete('small');
  await cache.clear();
  expect(await refused()).toEqual([]);
  await manager.close();
});

test('and with what it grants besides: clear() without a prefix, leases', async () => {
  const whole = await as([...BASE, 'allkeys', ...besides('`clear()` without')], '');
  await whole.clear();
  expect(await refused()).toEqual([]);
  await whole.close();

  const rules = [...BASE, ...besides('one factory call')];
  const managers = [await as(rules), await as(rules)].map((backend) => new CacheManager({ backend }));
  let calls = 0;
  const factory = async (): Promise<string> => {
    calls += 1;
    await new Promise((resolve) => setTimeout(resolve, 300));
    return 'x'.repeat(1_000_000);
  };
  await Promise.all(managers.map((manager) => manager.getOrSet('made', factory, { ttl: 60 })));
  await Promise.all(managers.map((manager) => manager.getOrSet('small', async () => 1, { ttl: Infinity })));
  expect(calls).toBe(1);
  for (const manager of managers) await manager.close();
  expect(await refused()).toEqual([]);
});
