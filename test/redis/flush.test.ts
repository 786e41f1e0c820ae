import { expect, test } from 'vitest';
import { RedisBackend } from '../../dist/index.js';
import { startRedis } from '../support/redis-server.js';

test('a user who may not empty the database is told so, though Redis says it of a transaction', async () => {
  const rules = ['~*', '+@all', '-flushdb'];
  const server = await startRedis({ users: [{ name: 'limited', password: 'secret', rules }] });
  const cache = new RedisBackend({ url: `redis://limited:secret@${server.host}:${server.port}` });
  try {
    await expect(cache.clear()).rejects.toMatchObject({ code: 'ERR_PERMISSION' });
  } finally {
    await cache.close();
    await server.stop();
  }
});
