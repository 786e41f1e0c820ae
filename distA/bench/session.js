import { randomBytes } from 'node:crypto';
import { RedisBackend } from '../index.js';
import { describeEnvironment } from './environment.js';
import { openMainCpuClock } from './main-cpu.js';
import { closePeers, openPeers } from './peers/registry.js';
import { RedisAdmin } from './redis-admin.js';
/**
 * Opens the peers, runs, and leaves nothing behind: no key, no connection. Rejects with `ERR_CONNECTION`, `ERR_AUTH` or
 * `ERR_PERMISSION` where Redis cannot be used.
 */
export async function withSession(settings, run) {
    const { url, scale, signal, onPass } = settings;
    await assertUsable(url);
    const admin = await RedisAdmin.connect(url);
    const clock = openMainCpuClock();
    const prefix = `offloop-bench:${randomBytes(4).toString('hex')}:`;
    const opened = await openPeers(settings.peers, { url, prefix }, settings.variants);
    try {
        const environment = await describeEnvironment(admin.redis, clock.source);
        settings.onOpen?.({ environment, skipped: opened.skipped });
        const results = [];
        const emit = (result) => {
            results.push(result);
            settings.onResult?.(result);
        };
        const bench = { url, prefix, admin, clock, scale, peers: opened.peers, emit, signal, onPass };
        return await run({ bench, environment, results, skipped: opened.skipped });
    }
    finally {
        await closePeers(opened.peers);
        await admin.sweep(prefix);
        await admin.close();
        clock.close();
    }
}
/** A call of ours first: what keeps it from Redis comes as a typed error, and at once. */
async function assertUsable(url) {
    const probe = new RedisBackend({ url, timeoutMs: 3_000 });
    try {
        await probe.set('offloop-bench:probe', 1, { ttl: 1 });
        await probe.delete('offloop-bench:probe');
    }
    finally {
        await probe.close();
    }
}
