/** The counters behind {@link RedisBackendStats}. */
export class Counters {
    hits = 0;
    misses = 0;
    sets = 0;
    deletes = 0;
    corrupt = 0;
    bytesWritten = 0;
    bytesRead = 0;
    writes = { inline: 0, bytes: 0, graph: 0 };
    reads = { inline: 0, unpack: 0, fetch: 0, graph: 0 };
    unavailable = { reads: 0, writes: 0 };
    errors = {};
    /** Counts a rejected call. */
    failed(error) {
        this.errors[error.code] = (this.errors[error.code] ?? 0) + 1;
    }
}
