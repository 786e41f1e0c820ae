import { masters } from '../redis/client.js';
import { numberOf } from './arguments.js';
import { findingsOf } from './doctor-findings.js';
import { EXIT } from './failure.js';
import { addRedisFlags, withRedis } from './redis-session.js';
const PINGS = 200;
const SETTINGS = [
    'maxmemory',
    'maxmemory-policy',
    'appendonly',
    'appendfsync',
    'save',
    'proto-max-bulk-len',
    'client-output-buffer-limit',
    'maxclients',
];
/** `offloop doctor`: whether a server is set up for a cache of large values. */
export function addDoctor(program, context) {
    addRedisFlags(program
        .command('doctor')
        .description('check the server: eviction, persistence, limits, latency, connections, TLS'), { canSpawn: false })
        .option('--processes <n>', 'processes of yours that will connect', numberOf('--processes'), 1)
        .option('--json', 'print JSON')
        .addHelpText('after', '\nExits with 1 where there is a problem.\n\nExample:\n  offloop doctor --url redis://cache.internal:6379 --processes 20')
        .action((flags) => runDoctor(flags, context));
}
async function runDoctor(flags, context) {
    const findings = await withRedis(flags, async (redis) => findingsOf(await factsOf(redis, flags.processes)));
    if (flags.json)
        process.stdout.write(`${JSON.stringify(findings, null, 2)}\n`);
    else
        for (const finding of findings)
            process.stdout.write(`${render(finding)}\n`);
    if (findings.some(({ level }) => level === 'problem'))
        context.end(EXIT.finding);
}
function render({ level, about, found, advice }) {
    return `${level.padEnd(8)} ${about}: ${found}${advice === undefined ? '' : `\n         → ${advice}`}`;
}
async function factsOf({ client, options }, processes) {
    const [master] = masters(client);
    if (!master)
        throw new Error('no master to ask');
    // What a user's rights forbid is told as not checked, and is no failure.
    const info = await master.info().catch(() => '');
    const settings = {};
    for (const name of SETTINGS) {
        const reply = await master.config('GET', name).catch(() => undefined);
        const value = Array.isArray(reply) ? reply[1] : undefined;
        if (typeof value === 'string')
            settings[name] = value;
    }
    const latenciesMs = [];
    for (let ping = 0; ping < PINGS; ping += 1) {
        const start = performance.now();
        await master.ping();
        latenciesMs.push(performance.now() - start);
    }
    const { connection, pool, maxValueBytes } = options;
    const host = connection.kind === 'single' ? connection.redis : {};
    return {
        info: Object.fromEntries([...info.matchAll(/^([a-z_0-9]+):(.*?)\r?$/gm)].map(([, name = '', value = '']) => [name, value])),
        settings,
        latenciesMs,
        processes,
        maxThreads: pool.maxThreads,
        maxValueBytes,
        tls: 'tls' in host && host.tls !== undefined,
        local: isLocal(host),
        password: 'password' in host && typeof host.password === 'string' && host.password !== '',
    };
}
function isLocal(redis) {
    if ('path' in redis && typeof redis.path === 'string')
        return true;
    const host = 'host' in redis && typeof redis.host === 'string' ? redis.host : 'localhost';
    return host === 'localhost' || host === '::1' || host.startsWith('127.');
}
