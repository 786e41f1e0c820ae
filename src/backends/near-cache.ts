import type { Tracking, TrackingState } from '../redis/tracking.js';
import type { RedisBackend } from './redis.js';

/** How far the first layer can be trusted now. */
export type Trust =
  /** It is told of every change. */
  | 'tracked'
  /** Nobody tells it: an entry counts for `maxStaleMs` from when it was read. */
  | 'bounded'
  /** It is not asked, and nothing is put into it. */
  | 'none';

/** What a {@link NearCache} tells. */
export interface NearCacheListener {
  /** These keys may have other values now; undefined for all of them. */
  invalidated(keys: readonly string[] | undefined): void;
}

/**
 * Keeps a first layer right across processes: Redis tells which keys have changed, and while it does not, nothing of the
 * first layer is handed out. Where it refuses to tell, an entry counts for a bounded time.
 */
export class NearCache {
  readonly maxStaleMs: number;
  readonly #tracking: Tracking;
  readonly #listener: NearCacheListener;
  #invalidations = 0;
  #losses = 0;

  constructor(redis: RedisBackend, maxStaleMs: number, listener: NearCacheListener) {
    this.maxStaleMs = maxStaleMs;
    this.#listener = listener;
    this.#tracking = redis.track(maxStaleMs, {
      invalidated: (keys) => {
        this.#invalidations += keys?.length ?? 1;
        listener.invalidated(keys);
      },
      changed: (state) => this.#changed(state),
    });
  }

  get trust(): Trust {
    const { state, provenAt } = this.#tracking;
    if (state === 'refused') return 'bounded';
    return state === 'present' && performance.now() - provenAt < this.maxStaleMs ? 'tracked' : 'none';
  }

  /** Keys that Redis told of, and how often it stopped to. */
  get counts(): { readonly invalidations: number; readonly losses: number } {
    return { invalidations: this.#invalidations, losses: this.#losses };
  }

  close(): void {
    this.#tracking.close();
  }

  #changed(state: TrackingState): void {
    if (state === 'absent') this.#losses++;
    // What was read before may have changed meanwhile, in whatever direction the state went.
    this.#listener.invalidated(undefined);
  }
}
