import { expect, it } from 'vitest';
import { Slices } from '../../dist/offload/slices.js';

/** Keeps the thread busy. */
function spin(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

/** Work of some steps; notes in which turn of the event loop, counted by immediates, each was done. */
function work(steps: number, { stepMs = 0.2, sliceMs = 1, turn = (): number => 0 } = {}) {
  const turns: number[] = [];
  let wanted = true;
  return {
    turns,
    sliceMs,
    drop: () => {
      wanted = false;
    },
    step: () => {
      spin(stepMs);
      turns.push(turn());
      return turns.length < steps;
    },
    stillWanted: () => wanted,
  };
}

/** Counts turns of the event loop. */
function turnCounter(): { now: () => number; stop: () => void } {
  let turn = 0;
  let counting = true;
  const count = (): void => {
    turn++;
    if (counting) setImmediate(count);
  };
  setImmediate(count);
  return {
    now: () => turn,
    stop: () => {
      counting = false;
    },
  };
}

function perTurn(turns: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const turn of turns) counts.set(turn, (counts.get(turn) ?? 0) + 1);
  return Math.max(...counts.values());
}

it('short work is done at once, without a promise', () => {
  const short = work(3, { stepMs: 0 });
  expect(new Slices().run(short)).toBe(undefined);
  expect(short.turns).toHaveLength(3);
});

it('long work is spread over turns, each within the budget', async () => {
  const counter = turnCounter();
  const long = work(40, { turn: counter.now });
  await new Slices().run(long);
  counter.stop();
  expect(long.turns).toHaveLength(40);
  expect(perTurn(long.turns)).toBeLessThanOrEqual(6);
});

it('ten works share one budget and take turns', async () => {
  const counter = turnCounter();
  const slices = new Slices();
  const all = Array.from({ length: 10 }, () => work(10, { turn: counter.now }));
  await Promise.all(all.map((one) => slices.run(one)));
  counter.stop();
  // The first turn has what each call may do at once, which together is one budget too.
  expect(perTurn(all.flatMap(({ turns }) => turns))).toBeLessThanOrEqual(7);
  // The first had a turn for itself before the others came.
  const ends = all.slice(1).map(({ turns }) => turns.at(-1) ?? 0);
  expect(Math.max(...ends) - Math.min(...ends), 'none ends long before the others').toBeLessThanOrEqual(5);
});

it('what nobody waits for ends within a step, with ERR_ABORTED', async () => {
  const slices = new Slices();
  const long = work(1_000);
  const done = slices.run(long);
  await new Promise((resolve) => setImmediate(resolve));
  long.drop();
  const before = long.turns.length;
  await expect(done).rejects.toMatchObject({ code: 'ERR_ABORTED' });
  expect(long.turns.length).toBe(before);
  expect(slices.count).toBe(0);
});

it('what a step throws is the answer, and the others go on', async () => {
  const slices = new Slices();
  const good = work(30);
  const bad = { ...work(0), step: spinThenThrow() };
  const results = await Promise.allSettled([slices.run(good), slices.run(bad)]);
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  expect(good.turns).toHaveLength(30);
});

function spinThenThrow(): () => boolean {
  let steps = 0;
  return () => {
    spin(0.4);
    if (++steps > 5) throw new Error('the sixth step');
    return true;
  };
}

it('the budget comes back with the next turn', async () => {
  const slices = new Slices();
  await slices.run(work(20));
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(slices.run(work(2, { stepMs: 0 }))).toBe(undefined);
});
