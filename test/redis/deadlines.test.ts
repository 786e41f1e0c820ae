import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { Deadlines, type Timed } from '../../dist/redis/deadlines.js';

function timed(name: number, expired: number[]): Timed {
  const expire = (): void => {
    expired.push(name);
  };
  return { endsAt: 0, place: -1, previous: undefined, next: undefined, expire };
}

it('each expires in its time, and in the order of the times, whichever way it has come; what was removed does not', async () => {
  const deadlines = new Deadlines(60);
  const expired: number[] = [];
  const removed: Timed[] = [];
  const now = performance.now();
  for (const ms of [90, 30, 70, 10, 50, 20, 80, 40]) {
    for (const keep of [true, false]) {
      const one = timed(ms, expired);
      one.endsAt = now + ms;
      deadlines.add(one);
      if (!keep) removed.push(one);
    }
  }
  deadlines.addStandard(timed(60, expired));
  const gone = timed(-1, expired);
  deadlines.addStandard(gone);
  for (const one of [...removed, gone]) deadlines.remove(one);
  await sleep(45);
  // They are told in a turn of their own, also where the process had no core for so long.
  await turn();
  expect(expired.slice(0, 3)).toEqual([10, 20, 30]);
  await sleep(100);
  expect(expired).toEqual([10, 20, 30, 40, 50, 60, 70, 80, 90]);
});

it('a nearer time is not missed behind one that is far', async () => {
  const deadlines = new Deadlines(20);
  const expired: number[] = [];
  const far = timed(1, expired);
  far.endsAt = performance.now() + 3_600_000;
  deadlines.add(far);
  deadlines.addStandard(timed(2, expired));
  await sleep(60);
  deadlines.remove(far);
  expect(expired).toEqual([2]);
});
