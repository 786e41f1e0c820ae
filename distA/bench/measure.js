import { performance } from 'node:perf_hooks';
import { collectYoungGarbage } from './garbage.js';
import { settle } from './main-cpu.js';
import { WaitSampler } from './wait.js';
/** Runs the load and takes CPU, latency and throughput. Nothing else may run on the main thread meanwhile. */
export async function measurePass(operation, load) {
    const { clock } = load;
    await prepare(load);
    const cpu = clock.now();
    const processCpu = process.cpuUsage();
    const start = performance.now();
    const latencies = await underLoad(operation, load);
    const wallMs = performance.now() - start;
    await settle();
    const mainCpuMs = clock.now() - cpu;
    const { user, system } = process.cpuUsage(processCpu);
    const calls = latencies.length;
    return {
        calls,
        wallMs,
        mainCpuMs: mainCpuMs / calls,
        processCpuMs: (user + system) / 1000 / calls,
        latenciesMs: Float64Array.from(latencies),
    };
}
/** Runs the load with the sampler on, and answers how long the event loop made others wait. */
export async function measureWait(operation, load) {
    await prepare(load);
    const sampler = new WaitSampler();
    sampler.start();
    let wait;
    let calls = 0;
    try {
        calls = (await underLoad(operation, load)).length;
    }
    finally {
        // After a failure too: it keeps its thread busy as long as it runs.
        wait = await sampler.stop();
    }
    return { ...wait, calls };
}
async function prepare({ keepsGarbage }) {
    if (keepsGarbage !== true)
        collectYoungGarbage();
    await settle();
}
/** An operation of this process. */
export function measurable(operation, clock) {
    return {
        warmUp: (load) => underLoad(operation, load),
        pass: (load) => measurePass(operation, { ...load, clock }),
        wait: (load) => measureWait(operation, load),
    };
}
/** Runs the load, every caller at least once, and answers each call's latency. */
export async function underLoad(operation, load) {
    const latencies = [];
    const deadline = performance.now() + load.budgetMs;
    let next = 0;
    const caller = async () => {
        for (let now = performance.now(), first = true; first || now < deadline; first = false) {
            const index = next;
            next += 1;
            await operation(index);
            const answered = performance.now();
            latencies.push(answered - now);
            now = answered;
        }
    };
    await Promise.all(Array.from({ length: load.callers }, caller));
    return latencies;
}
