import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { DelayProxy } from '../../dist/bench/delay-proxy.js';
import { RedisBackend } from '../../dist/index.js';

test('it stands before a server with an IPv6 address', async ({ skip }) => {
  const server = createServer((socket) => socket.end('-ERR here\r\n'));
  server.listen(0, '::1');
  const [failed] = await Promise.race([once(server, 'listening'), once(server, 'error')]);
  skip(failed !== undefined, 'this machine has no IPv6');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const reached = once(server, 'connection');
  const proxy = await DelayProxy.open(`redis://[::1]:${port}`, 1);
  const cache = new RedisBackend({ url: proxy.url, timeoutMs: 1_000 });
  try {
    await cache.get('a').catch(() => undefined);
    await reached;
  } finally {
    await cache.close();
    await proxy.close();
    server.close();
  }
});

test.each(['unix:///run/redis.sock', 'rediss://localhost'])(
  'it refuses %s by the name of its option',
  async (url) => {
    await expect(DelayProxy.open(url, 1)).rejects.toMatchObject({
      code: 'ERR_OPTION',
      message: expect.stringContaining('rttMs'),
    });
  },
);
