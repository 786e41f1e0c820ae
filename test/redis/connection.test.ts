import { type AddressInfo, connect, createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OffloopError, RedisBackend, type RedisBackendOptions } from '../../dist/index.js';
import { fromRedis } from '../../dist/redis/redis-error.js';
import { startCluster } from '../support/cluster.js';
import { recordsOf } from '../support/records.js';
import { type RunningRedis, startRedis } from '../support/redis-server.js';
import { startSentinel } from '../support/sentinel.js';
import { startTlsEndpoint } from '../support/tls-endpoint.js';

const large = recordsOf(1_000_000);
const PASSWORD = 'canary-pass/word@1';
const SECRET = encodeURIComponent(PASSWORD);

let server: RunningRedis;
beforeAll(async () => {
  server = await startRedis({
    unixSocket: true,
    password: PASSWORD,
    users: [{ name: 'alice', password: PASSWORD }],
  });
});
afterAll(() => server.stop());

/** Writes and reads a small value (command connection) and a large one (a worker's). */
async function works(options: RedisBackendOptions): Promise<void> {
  await using cache = new RedisBackend(options);
  await cache.set('small', 1, { ttl: 60 });
  await cache.set('large', large, { ttl: 60 });
  expect(await cache.getMany(['small', 'large'])).toEqual([1, large]);
  expect(cache.stats().reads).toMatchObject({ inline: 1, fetch: 1 });
}

async function failure(options: RedisBackendOptions): Promise<OffloopError> {
  await using cache = new RedisBackend({ timeoutMs: 1_500, ...options });
  const error: unknown = await cache.get('k').catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(OffloopError);
  return error as OffloopError;
}

describe('URLs of all five forms connect', () => {
  it('redis://host:port/db', async () => {
    const open = await startRedis();
    await works({ url: open.url });
    await open.stop();
  });

  it('redis://:password@host', () => works({ url: `redis://:${SECRET}@127.0.0.1:${server.port}/1` }));

  it('redis://username:password@host', () =>
    works({ url: `redis://alice:${SECRET}@127.0.0.1:${server.port}` }));

  it('unix:///path?db=', () => works({ url: `unix://:${SECRET}@${server.socketPath}?db=2` }));

  it('rediss://, with a verified certificate', async () => {
    const endpoint = await startTlsEndpoint({ redisPort: server.port });
    const url = `rediss://:${SECRET}@127.0.0.1:${endpoint.port}/0`;
    await works({ url, tls: { ca: endpoint.certificates.ca.cert } });
    expect(endpoint.accepted()).toBeGreaterThanOrEqual(2);
    await endpoint.stop();
  });

  it('rediss://, with a wrong certificate, is a typed error', async () => {
    const endpoint = await startTlsEndpoint({ redisPort: server.port });
    const url = `rediss://:${SECRET}@127.0.0.1:${endpoint.port}/0`;
    for (const tls of [
      { ca: endpoint.certificates.otherCa.cert },
      { ca: endpoint.certificates.ca.cert, servername: 'elsewhere.example' },
    ]) {
      expect(await failure({ url, tls })).toMatchObject({ code: 'ERR_CONNECTION' });
    }
    expect(await failure({ url })).toMatchObject({ code: 'ERR_CONNECTION' });
    await endpoint.stop();
  });

  it('rediss://, with a client certificate where the server asks for one', async () => {
    const endpoint = await startTlsEndpoint({ redisPort: server.port, requireClientCertificate: true });
    const url = `rediss://:${SECRET}@127.0.0.1:${endpoint.port}/0`;
    const { ca, client } = endpoint.certificates;
    await works({ url, tls: { ca: ca.cert, cert: client.cert, key: client.key } });
    expect(await failure({ url, tls: { ca: ca.cert } })).toMatchObject({ code: 'ERR_CONNECTION' });
    await endpoint.stop();
  });
});

describe('what goes wrong', () => {
  it.each([
    ['a wrong password', 'ERR_AUTH', () => `redis://:canary-wrong@127.0.0.1:${server.port}`],
    ['a wrong user', 'ERR_AUTH', () => `redis://bob:canary-wrong@127.0.0.1:${server.port}`],
    ['no password', 'ERR_AUTH_REQUIRED', () => `redis://127.0.0.1:${server.port}`],
  ])('trap 13: %s is a typed error without the password in it', async (_name, code, url) => {
    const began = performance.now();
    const error = await failure({ url: url(), timeoutMs: 5_000 });
    expect(error.code).toBe(code);
    expect(performance.now() - began, 'it does not wait for its whole time').toBeLessThan(2_000);
    const everything = JSON.stringify([
      error.message,
      error.stack,
      error.cause,
      Object.getOwnPropertyNames(error),
    ]);
    expect(everything).not.toContain('canary');
  });

  it('a server that is not there is ERR_CONNECTION within the time of the operation', async () => {
    const began = performance.now();
    expect(await failure({ url: 'redis://127.0.0.1:1', timeoutMs: 300 })).toMatchObject({
      code: 'ERR_CONNECTION',
    });
    expect(performance.now() - began).toBeLessThan(600);
  });

  it('a database that the server does not have is an error, and no other database is used instead', async () => {
    const own = await startRedis();
    for (const value of [1, large]) {
      await using cache = new RedisBackend({ url: `redis://127.0.0.1:${own.port}/99` });
      await expect(cache.set('k', value)).rejects.toMatchObject({ code: 'ERR_OPTION' });
    }
    await using main = new RedisBackend({ url: `redis://127.0.0.1:${own.port}/0` });
    expect(await main.exists('k')).toBe(false);
    await own.stop();
  });

  it('a server that accepts a connection and says nothing holds up one attempt, not all', async () => {
    const silent = createServer();
    let accepted = 0;
    silent.on('connection', (socket) => {
      accepted++;
      socket.on('error', () => socket.destroy());
      if (accepted === 1) return;
      const upstream = connect(server.port, '127.0.0.1');
      socket.pipe(upstream).pipe(socket);
      upstream.on('error', () => socket.destroy());
    });
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as AddressInfo;
    const url = `redis://:${SECRET}@127.0.0.1:${port}`;
    {
      await using cache = new RedisBackend({ url, connectTimeoutMs: 200, timeoutMs: 3_000 });
      expect(await cache.get('k')).toBe(undefined);
    }
    silent.close();
  });

  it('settings that only ioredis finds impossible are an error of every call, not a silence', async () => {
    const options = { url: 'redis://127.0.0.1:1', redis: { protocol: 7 }, timeoutMs: 300 };
    for (let call = 0; call < 2; call++) expect(await failure(options)).toBeInstanceOf(OffloopError);
  });

  it('a worker that cannot connect is a typed error too', async () => {
    const own = await startRedis();
    await using cache = new RedisBackend({ url: own.url, timeoutMs: 400 });
    await cache.set('k', 1);
    await own.stop();
    await expect(cache.set('k', large)).rejects.toMatchObject({
      code: expect.stringMatching(/ERR_(CONNECTION|TIMEOUT)/),
    });
  });
});

it('Sentinel: both lanes find the master by its name', async () => {
  const running = await startSentinel({ password: PASSWORD });
  const sentinel = { name: running.name, sentinels: running.sentinels };
  await works({ url: `redis://:${SECRET}@unused`, sentinel });
  await running.stop();
});

it('Cluster: a wrong password is ERR_AUTH, and does not wait for its whole time', async () => {
  const cluster = await startCluster({ masters: 2, password: PASSWORD });
  const nodes = [...cluster.startNodes];
  await works({ url: `redis://:${SECRET}@-`, cluster: { nodes } });
  const began = performance.now();
  const error = await failure({ url: 'redis://:canary-wrong@-', cluster: { nodes }, timeoutMs: 8_000 });
  expect(error.code).toBe('ERR_AUTH');
  expect(error.message).not.toContain('canary');
  expect(performance.now() - began).toBeLessThan(6_000);
  await cluster.stop();
});

it('trap 8: Cluster: both lanes, batches over all slots, and the clear of every master', async () => {
  const cluster = await startCluster({ masters: 3 });
  await using cache = new RedisBackend({ cluster: { nodes: [...cluster.startNodes] }, keyPrefix: 'c:' });
  await using other = new RedisBackend({ cluster: { nodes: [...cluster.startNodes] }, keyPrefix: 'd:' });
  const keys = Array.from({ length: 2_000 }, (_, index) => `k${index}`);
  await other.set('k', 'kept');
  await cache.setMany(keys.map((key, value) => ({ key, value })));
  await cache.set('large', large);
  expect(await cache.getMany(keys)).toEqual(keys.map((_, index) => index));
  expect(await cache.get('large')).toEqual(large);
  expect(await cache.clear()).toBe(2_001);
  expect([await cache.get('k1'), await other.get('k')]).toEqual([undefined, 'kept']);
  expect(await cache.withPrefix('').deleteMany(['k1'])).toBe(0);
  await cluster.stop();
});

it.each([
  ['small', 1],
  ['large', Buffer.alloc(1_000_000)],
  // The worker says why 20 ms before its time is up: a machine without a core for so long hears of the time alone.
])('a %s value is told why there is no connection', { retry: 3 }, async (_, value) => {
  await using cache = new RedisBackend({ url: 'redis://127.0.0.1:1', timeoutMs: 3_000 });
  await expect(cache.set('k', value)).rejects.toMatchObject({
    code: 'ERR_CONNECTION',
    outcome: 'not-applied',
    message: expect.stringMatching(/no connection to Redis within \d+ ms \(connect: .*ECONNREFUSED\)/),
  });
});

it.each(['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID', 'ERR_TLS_CERT_ALTNAME_INVALID', 'HOSTNAME_MISMATCH'])(
  'the code %s of TLS is one of the connection',
  (code) => {
    const { code: ours, message } = fromRedis(Object.assign(new Error('secret'), { code }), 'connect');
    expect([ours, message]).toEqual(['ERR_CONNECTION', `connect: the connection to Redis failed (${code})`]);
  },
);
