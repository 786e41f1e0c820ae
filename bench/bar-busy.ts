import type { Bench } from '#bench/bench.js';
import { BASELINE, OURS } from '#bench/peers/registry.js';
import { LARGE_RATE, measureBusy } from '#bench/scenario-busy.js';
import { type Bar, complete, figure, ratioOf } from './bar.js';

const ROUNDS = 5;

/** Bar 7 of large values: what they cost the small requests of a service, and what the service moves of them. */
export async function measureBusyService(bench: Bench): Promise<Bar[]> {
  const few = { ...bench, scale: { ...bench.scale, rounds: ROUNDS } };
  const rows = await measureBusy(few, { ids: ['offloop', 'ioredis-json'], largeRate: LARGE_RATE });
  const [sameLoad, flatOut] = [complete(rows.sameLoad), complete(rows.flatOut)];
  const what = `busy service, ${LARGE_RATE} large calls/s: p99 of small requests, of that when idle`;
  // Latency counts from when a request was due: what the process that sends them waits for a core is in it.
  const late = figure(sameLoad, OURS, 'lateP99Ms').median.toFixed(1);
  return [
    {
      bar: 'large-7',
      what: `${what} (p99 of how late the generator sent them: ${late} ms)`,
      measured: figure(sameLoad, OURS, 'busyTimesIdle').median,
      of: [figure(sameLoad, OURS, 'busyP99Ms'), figure(sameLoad, OURS, 'idleP99Ms')],
      holds: 'at most',
      target: 2.5,
    },
    {
      bar: 'large-7',
      what: `${what}, with ${BASELINE}: whether the load is one`,
      measured: figure(sameLoad, BASELINE, 'busyTimesIdle').median,
      of: [figure(sameLoad, BASELINE, 'busyP99Ms'), figure(sameLoad, BASELINE, 'idleP99Ms')],
      holds: 'at least',
      target: 8,
    },
    {
      bar: 'large-7',
      what: `busy service, 2 callers back to back: large calls/s of those of ${BASELINE}`,
      ...ratioOf([figure(flatOut, OURS, 'largePerSecond'), figure(flatOut, BASELINE, 'largePerSecond')]),
      holds: 'at least',
      target: 1,
    },
  ];
}
