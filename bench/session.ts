import type { Scale } from '#bench/bench.js';
import { renderEnvironment } from '#bench/environment.js';
import type { PeerId } from '#bench/peers/registry.js';
import { type Session, withSession as withRedis } from '#bench/session.js';
import { renderTable } from '#bench/table.js';
import { startRedis } from '../test/support/redis-server.js';

/** Finds a Redis, or starts one, says what is measured on what, prints each table as it comes, and ends the server. */
export async function withSession<T>(
  { scale, peers }: { readonly scale: Scale; readonly peers: readonly PeerId[] },
  run: (session: Session) => Promise<T>,
): Promise<T> {
  const server = await startRedis();
  try {
    return await withRedis(
      {
        url: server.url,
        scale,
        peers,
        onOpen: ({ environment, skipped }) => {
          console.log(renderEnvironment(environment));
          for (const { id, reason } of skipped) console.log(`skipped: ${id}: ${reason}`);
        },
        onResult: (result) => console.log(renderTable(result)),
      },
      run,
    );
  } finally {
    await server.stop();
  }
}
