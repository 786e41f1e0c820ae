import { availableParallelism, cpus, loadavg, release, totalmem, type } from 'node:os';
import { formatByteSize } from './byte-size.js';
import { records } from './corpora.js';
import { summarize } from './statistics.js';
export async function describeEnvironment(admin, mainCpuClock) {
    // A user without the right to ask still gets figures, of an unknown server.
    const info = await admin.info('server').catch(() => '');
    const version = (name) => new RegExp(`^${name}:(.*?)\\r?$`, 'm').exec(info)?.[1];
    const valkey = version('valkey_version');
    return {
        node: process.version,
        server: valkey ? `Valkey ${valkey}` : `Redis ${version('redis_version') ?? 'of an unknown version'}`,
        cpu: cpus()[0]?.model.trim() ?? 'unknown',
        cores: availableParallelism(),
        memory: formatByteSize(totalmem()),
        system: `${type()} ${release().split('-')[0] ?? ''}`,
        mainCpuClock,
        loadBefore: loadavg()[0] ?? 0,
        date: new Date().toISOString(),
        machineMs: timeFixedWork(),
    };
}
const FIXED_WORK_ROUNDS = 15;
/** Parses and prints the same text; the median of several rounds. */
function timeFixedWork() {
    const text = JSON.stringify(records(64 * 1024));
    const rounds = Array.from({ length: FIXED_WORK_ROUNDS }, () => {
        const start = performance.now();
        for (let time = 0; time < 8; time += 1)
            JSON.stringify(JSON.parse(text));
        return performance.now() - start;
    });
    return summarize(rounds).median;
}
export function renderEnvironment(environment) {
    const { node, server, cpu, cores, memory, system, mainCpuClock, loadBefore } = environment;
    return [
        `Node ${node.slice(1)}, ${server}, ${cpu}, ${cores} cores, ${memory}, ${system}; load before: ${loadBefore.toFixed(2)}`,
        `main CPU by: ${mainCpuClock}`,
    ].join('\n');
}
