import { once } from 'node:events';
import { createServer } from 'node:http';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { answerParent } from './child.js';
import { records } from './corpora.js';
import { collectYoungGarbage } from './garbage.js';
import { LargeLoad } from './large-load.js';
import { openMainCpuClock, settle } from './main-cpu.js';
import { openPeer } from './peers/registry.js';
const SMALL_KEY = 'small';
const SMALL_BYTES = 1024;
/** Longer than a stall: no connection of the generator is closed as idle during one. */
const KEEP_ALIVE_MS = 60_000;
const clock = openMainCpuClock();
let cache;
async function open({ id, target }) {
    const peer = await openPeer(id, target);
    await peer.set(SMALL_KEY, records(SMALL_BYTES));
    cache = { peer, large: await LargeLoad.prepare(peer) };
    const server = createServer((_, response) => void answerSmall(peer, response));
    server.keepAliveTimeout = KEEP_ALIVE_MS;
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return { name: peer.name, url: `http://127.0.0.1:${portOf(server)}/small` };
}
function portOf(server) {
    const address = server.address();
    if (typeof address !== 'object' || address === null)
        throw new Error('the server has no port');
    return address.port;
}
async function answerSmall(peer, response) {
    try {
        const body = JSON.stringify(await peer.get(SMALL_KEY));
        response.setHeader('content-type', 'application/json');
        response.end(body);
    }
    catch {
        // The generator counts it.
        response.statusCode = 500;
        response.end();
    }
}
async function runPhase({ ms, large }) {
    if (!cache)
        throw new Error('the service is not open');
    collectYoungGarbage();
    await settle();
    const start = performance.now();
    const cpu = clock.now();
    const processCpu = process.cpuUsage();
    const moved = await moveLarge(cache.large, { ms, large });
    await settle();
    const wallMs = performance.now() - start;
    const { user, system } = process.cpuUsage(processCpu);
    return {
        ...moved,
        mainCpuShare: (clock.now() - cpu) / wallMs,
        processCpuShare: (user + system) / 1000 / wallMs,
    };
}
async function moveLarge(load, { ms, large }) {
    if (large === 'back to back')
        return load.run({ ms });
    if (large !== 'none')
        return load.run({ ms, perSecond: large });
    await sleep(ms);
    return { calls: 0, bytes: 0, wallMs: ms, latenciesMs: [], errors: 0 };
}
answerParent((task) => task.kind === 'open' ? open(task) : runPhase(task));
