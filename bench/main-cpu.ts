import { closeSync, openSync, readSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';

/** CPU time of the main thread alone, in milliseconds since some fixed moment. */
export interface MainCpuClock {
  /** Where the figure comes from; it belongs beside every figure, as the sources differ in what they count. */
  readonly source: string;
  now(): number;
  close(): void;
}

/**
 * The best clock that this platform has: the scheduler's account of the thread on Linux, else
 * `process.threadCpuUsage()`, else the event loop's active time, which counts waiting for a core as work.
 */
export function openMainCpuClock(): MainCpuClock {
  return schedulerClock() ?? threadUsageClock() ?? loopClock();
}

/**
 * Waits so that the kernel takes the main thread off its core and books what it used. The account of a running
 * thread lags by milliseconds; after a sleep it is exact. Call it before each reading that bounds a measurement.
 */
export function settle(): Promise<void> {
  return sleep(2);
}

function schedulerClock(): MainCpuClock | undefined {
  if (process.platform !== 'linux') return undefined;
  let descriptor: number;
  try {
    // The main thread's id is the process's; a path with /proc/self/ alone would add up all threads.
    descriptor = openSync(`/proc/self/task/${process.pid}/schedstat`, 'r');
  } catch {
    // A kernel without CONFIG_SCHED_INFO has no such file: the next clock is asked.
    return undefined;
  }
  const buffer = Buffer.alloc(96);
  return {
    source: 'schedstat of the main thread',
    now: () => {
      const length = readSync(descriptor, buffer, 0, buffer.length, 0);
      return Number.parseInt(buffer.toString('latin1', 0, length), 10) / 1e6;
    },
    close: () => closeSync(descriptor),
  };
}

function threadUsageClock(): MainCpuClock | undefined {
  // Absent from the types of the oldest Node that this compiles for.
  const usage: unknown = Reflect.get(process, 'threadCpuUsage');
  if (typeof usage !== 'function') return undefined;
  return {
    source: 'process.threadCpuUsage()',
    now: () => {
      const { user, system }: { user: number; system: number } = usage.call(process);
      return (user + system) / 1000;
    },
    close: () => undefined,
  };
}

function loopClock(): MainCpuClock {
  return {
    source: 'event-loop active time (this platform has no clock of a thread)',
    now: () => performance.eventLoopUtilization().active,
    close: () => undefined,
  };
}
