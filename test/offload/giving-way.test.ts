import { setImmediate as turn } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { RedisBackend } from '../../dist/index.js';
import { GivingWay } from '../../dist/offload/giving-way.js';
import { Slices, slices } from '../../dist/offload/slices.js';
import { recordsOf } from '../support/records.js';
import { type RunningRedis, startRedis } from '../support/redis-server.js';

/** A small get behind one when it leaves and one when it arrives would take twice as long. */
const SLICE_MS = 12;

let server: RunningRedis;
beforeAll(async () => {
  server = await startRedis();
});
afterAll(() => server.stop());

it('turns are left to answers for a millisecond, then comes a slice', () => {
  const way = new GivingWay();
  expect([0, 0.3, 0.9, 1.1, 1.2, 2].map((ms) => way.decide(true, ms))).toEqual([
    true,
    true,
    true,
    false,
    true,
    true,
  ]);
});

it('where nothing is on its way every turn is for slices', () => {
  const way = new GivingWay();
  expect([0, 1, 2].map((ms) => way.decide(false, ms))).toEqual([false, false, false]);
});

/** How many of so many turns, a fifth of a millisecond each, are left to others while an answer is always on its way. */
function given(way: GivingWay, turns: number): number {
  return Array.from({ length: turns }, (_, turn) => way.decide(true, turn / 5)).filter(Boolean).length;
}

it('answers that take long are soon waited for only now and then, and often again once one came in time', () => {
  const way = new GivingWay();
  expect(given(way, 1_000)).toBeLessThan(200);
  expect(given(way, 1_000)).toBeGreaterThan(50);
  let turn = 0;
  while (!way.decide(true, 1_000)) turn += 1;
  expect(turn).toBeLessThan(40);
  way.decide(false, 1_000.2);
  expect(given(way, 20)).toBeGreaterThan(12);
});

it('work goes on between, whatever is on its way', async () => {
  let steps = 0;
  const work = { sliceMs: 0.05, step: () => ++steps < 200, stillWanted: () => true, givesWay: () => true };
  const start = performance.now();
  const end = start + 0.1;
  const slow = {
    ...work,
    step: () => {
      while (performance.now() < end);
      return work.step();
    },
  };
  await new Slices().run(slow);
  expect(steps).toBe(200);
});

// Several times where the machine is busy: an answer that takes over a millisecond by itself tells nothing.
it.each(['get', 'set'] as const)(
  'a small get is answered between two slices of a %s, however long they are',
  { retry: 5 },
  async (operation) => {
    const large = recordsOf(8_000_000);
    const keys = Array.from({ length: 16 }, (_, number) => `large ${number}`);
    await using cache = new RedisBackend({ url: server.url, sliceMs: SLICE_MS, collectYoung: false });
    for (const key of keys) await cache.set(key, large);
    await cache.set('small', { small: true });
    const waits: number[] = [];
    let isOver = false;
    const move = (key: string) => (operation === 'get' ? cache.get(key) : cache.set(key, large));
    const moved = Promise.all(keys.map(move)).then(() => {
      isOver = true;
    });
    while (!isOver) {
      await turn();
      if (slices.count === 0) continue;
      const start = performance.now();
      await cache.get('small');
      waits.push(performance.now() - start);
    }
    await moved;
    waits.sort((left, right) => left - right);
    expect(waits.length).toBeGreaterThan(3);
    expect(waits[waits.length >> 1]).toBeLessThan(SLICE_MS);
  },
);
