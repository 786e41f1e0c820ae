import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { answerParent } from './child.js';
import { records } from './corpora.js';
import { collectAllGarbage } from './garbage.js';
import { underLoad } from './measure.js';
import { openPeer } from './peers/registry.js';
const IDLE_BYTES = 262_144;
/**
 * A process of its own for each peer and operation: memory that one contender has touched stays with the process,
 * so in a common one only the first would show any.
 */
async function probe(task) {
    const peer = await openPeer(task.id, task);
    // A get holds no value before it has got one.
    const value = task.operation === 'set' ? records(task.bytes) : undefined;
    // Threads, connections and compiled code belong to the idle process, so a value goes first that needs them all.
    await peer.set(`${task.key}/idle`, records(IDLE_BYTES));
    await peer.get(`${task.key}/idle`);
    collectAllGarbage();
    await sleep(50);
    const peak = watchPeak();
    const idle = process.memoryUsage.rss();
    const perCaller = Math.ceil(task.calls / task.callers);
    const runs = {
        set: () => peer.set(task.key, value),
        get: () => peer.get(task.key),
        stream: () => peer.stream?.(task.key) ?? Promise.reject(new Error(`${peer.name} streams nothing`)),
    };
    const run = runs[task.operation];
    const repeated = async () => {
        for (let call = 0; call < perCaller; call += 1)
            await run();
    };
    await underLoad(repeated, { callers: task.callers, budgetMs: 0 });
    const peakOverIdleBytes = Math.max(0, peak() - idle);
    await peer.close();
    return { peakOverIdleBytes };
}
/** The peak from now on: the kernel's own where it keeps one that can be reset, else by sampling. */
function watchPeak() {
    try {
        writeFileSync('/proc/self/clear_refs', '5');
        return () => Number(/^VmHWM:\s+(\d+) kB/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) * 1024;
    }
    catch {
        // Not Linux, or not allowed: samples miss short peaks, but not by much at this rate.
        let highest = 0;
        const sampler = setInterval(() => {
            highest = Math.max(highest, process.memoryUsage.rss());
        }, 2);
        return () => {
            clearInterval(sampler);
            return Math.max(highest, process.memoryUsage.rss());
        };
    }
}
answerParent(probe);
