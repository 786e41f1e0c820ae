import { randomBytes } from 'node:crypto';
import { startRedis } from '../test/support/redis-server.js';
import type { Bench, Scale } from '#bench/bench.js';
import { describeEnvironment, type Environment, renderEnvironment } from '#bench/environment.js';
import { openMainCpuClock } from '#bench/main-cpu.js';
import { closePeers, type OpenedPeers, openPeers, type PeerId } from '#bench/peers/registry.js';
import { RedisAdmin } from '#bench/redis-admin.js';
import type { Result } from '#bench/result.js';
import { renderTable } from '#bench/table.js';

/** What a run begins with, and what it must give back at its end. */
export interface Session {
  readonly bench: Bench;
  readonly environment: Environment;
  readonly results: readonly Result[];
  readonly skipped: OpenedPeers['skipped'];
}

/**
 * Finds a Redis, opens the peers, says what is measured on what, runs, and leaves nothing behind: no key, no
 * connection, no server.
 */
export async function withSession<T>(
  { scale, peers }: { readonly scale: Scale; readonly peers: readonly PeerId[] },
  run: (session: Session) => Promise<T>,
): Promise<T> {
  const server = await startRedis();
  try {
    const admin = await RedisAdmin.connect(server.url);
    const clock = openMainCpuClock();
    const prefix = `offloop-bench:${randomBytes(4).toString('hex')}:`;
    const opened = await openPeers(peers, { url: server.url, prefix });
    try {
      const environment = await describeEnvironment(admin.redis, clock.source);
      console.log(renderEnvironment(environment));
      for (const { id, reason } of opened.skipped) console.log(`skipped: ${id}: ${reason}`);
      const results: Result[] = [];
      const emit = (result: Result): void => {
        results.push(result);
        console.log(renderTable(result));
      };
      const bench: Bench = { url: server.url, prefix, admin, clock, scale, peers: opened.peers, emit };
      return await run({ bench, environment, results, skipped: opened.skipped });
    } finally {
      await closePeers(opened.peers);
      await admin.sweep(prefix);
      await admin.close();
      clock.close();
    }
  } finally {
    await server.stop();
  }
}
