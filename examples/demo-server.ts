import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { RedisBackend } from 'offloop';
import { formatByteSize } from '#bench/byte-size.js';
import { records } from '#bench/corpora.js';
import { openMainCpuClock, settle } from '#bench/main-cpu.js';
import { startRedis } from '../test/support/redis-server.js';
import { jsonServer } from './json-server.js';

const BYTES = 8 * 1024 * 1024;
const CALLS = 10;

/** Milliseconds of main-thread CPU of one call, of several that follow a warm-up. */
async function mainCpuOf(call: () => Promise<unknown>): Promise<number> {
  for (let index = 0; index < CALLS; index++) await call();
  const clock = openMainCpuClock();
  await settle();
  const before = clock.now();
  for (let index = 0; index < CALLS; index++) await call();
  await settle();
  const used = clock.now() - before;
  clock.close();
  return used / CALLS;
}

const redis = await startRedis();
const cache = new RedisBackend({ url: redis.url, keyPrefix: 'demo-server:' });
const server = jsonServer(cache).listen(0, '127.0.0.1');
await once(server, 'listening');
try {
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const list = records(BYTES);
  await cache.set('list', list);
  const whole = await fetch(`${origin}/list`);
  const text = await whole.text();
  console.log(
    `GET /list: ${whole.status}, ${formatByteSize(text.length)} of ${whole.headers.get('content-type')}`,
  );
  const rows = await (await fetch(`${origin}/list?from=40&to=42`)).json();
  console.log(`GET /list?from=40&to=42: ${JSON.stringify(rows).length} characters`);
  const put = await fetch(`${origin}/copy`, {
    method: 'PUT',
    body: text,
    headers: { 'content-type': 'application/json' },
  });
  const copy = await fetch(`${origin}/copy`);
  const isSame = (await copy.text()) === text;
  console.log(
    `PUT /copy: ${put.status}; GET /copy: ${copy.headers.get('content-type')}, ${isSame ? 'the same' : 'OTHER'} text`,
  );
  if (!isSame) process.exitCode = 1;

  console.log('\nMain-thread CPU to have that list as JSON text, ms a call:');
  const open = async (): Promise<unknown> => (await cache.open('list'))?.json();
  const get = async (): Promise<unknown> => Buffer.from(JSON.stringify(await cache.get('list')));
  console.log(`  open() and json()          ${(await mainCpuOf(open)).toFixed(1)}`);
  console.log(`  get() and JSON.stringify() ${(await mainCpuOf(get)).toFixed(1)}`);
} finally {
  server.close();
  server.closeAllConnections();
  await cache.clear();
  await cache.close();
  await redis.stop();
}
