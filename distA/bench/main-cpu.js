import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { openSchedstat } from './schedstat.js';
/**
 * The best clock that this platform has: the scheduler's account of the thread on Linux, else
 * `process.threadCpuUsage()`, else the event loop's active time, which counts waiting for a core as work.
 */
export function openMainCpuClock() {
    return schedulerClock() ?? threadUsageClock() ?? loopClock();
}
/**
 * Waits so that the kernel takes the main thread off its core and books what it used. The account of a running
 * thread lags by milliseconds; after a sleep it is exact. Call it before each reading that bounds a measurement.
 */
export function settle() {
    return sleep(2);
}
function schedulerClock() {
    const schedstat = openSchedstat();
    if (!schedstat)
        return undefined;
    const { cpuMs, close } = schedstat;
    return { source: 'schedstat of the main thread', now: cpuMs, close };
}
function threadUsageClock() {
    // Absent from the types of the oldest Node that this compiles for.
    const usage = Reflect.get(process, 'threadCpuUsage');
    if (typeof usage !== 'function')
        return undefined;
    return {
        source: 'process.threadCpuUsage()',
        now: () => {
            const { user, system } = usage.call(process);
            return (user + system) / 1000;
        },
        close: () => undefined,
    };
}
function loopClock() {
    return {
        source: 'event-loop active time (this platform has no clock of a thread)',
        now: () => performance.eventLoopUtilization().active,
        close: () => undefined,
    };
}
