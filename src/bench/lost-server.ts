import { OffloopError } from '../errors.js';
import type { IoredisClient } from './peers/ioredis-client.js';

/** A server that was away for longer is not waited for. */
const AWAY_MS = 10_000;

/**
 * Rejects with `ERR_CONNECTION` when the server has been away for ten seconds, and never resolves. Some of those that are measured wait
 * for a server without end, and so would a run that waits for them.
 */
export function lostServer(redis: IoredisClient): Promise<never> {
  const lost = new Promise<never>((_, reject) => {
    let away: NodeJS.Timeout | undefined;
    const back = (): void => {
      clearTimeout(away);
      away = undefined;
    };
    redis.on('ready', back);
    // Nothing more comes: it was closed on purpose.
    redis.on('end', back);
    redis.on('close', () => {
      away ??= setTimeout(
        () => reject(new OffloopError('ERR_CONNECTION', `Redis was away for ${AWAY_MS / 1_000} s`)),
        AWAY_MS,
      );
    });
  });
  // It may come when nothing waits for it.
  lost.catch(() => undefined);
  return lost;
}
