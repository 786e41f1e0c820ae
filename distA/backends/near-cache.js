/**
 * Keeps a first layer right across processes: Redis tells which keys have changed, and while it does not, nothing of the
 * first layer is handed out. Where it refuses to tell, an entry counts for a bounded time.
 */
export class NearCache {
    maxStaleMs;
    #tracking;
    #listener;
    #invalidations = 0;
    #losses = 0;
    constructor(redis, maxStaleMs, listener) {
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
    get trust() {
        const { state, provenAt } = this.#tracking;
        if (state === 'refused')
            return 'bounded';
        return state === 'present' && performance.now() - provenAt < this.maxStaleMs ? 'tracked' : 'none';
    }
    /** Keys that Redis told of, and how often it stopped to. */
    get counts() {
        return { invalidations: this.#invalidations, losses: this.#losses };
    }
    close() {
        this.#tracking.close();
    }
    #changed(state) {
        if (state === 'absent')
            this.#losses++;
        // What was read before may have changed meanwhile, in whatever direction the state went.
        this.#listener.invalidated(undefined);
    }
}
