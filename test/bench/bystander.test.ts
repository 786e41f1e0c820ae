import { expect, test } from 'vitest';
import { Bystander } from '../../dist/bench/bystander.js';
import { startRedis } from '../support/redis-server.js';

test('work that is over at once has been seen by the other client', async () => {
  const server = await startRedis();
  const other = await Bystander.start(server.url, 'key');
  try {
    // The quickest work there is, several times: one look would pass whenever the clock ticks within it.
    for (let round = 0; round < 20; round += 1) {
      const latencies = await other.during(() => Promise.resolve());
      expect(latencies.length).toBeGreaterThan(0);
    }
  } finally {
    await other.close();
    await server.stop();
  }
});
