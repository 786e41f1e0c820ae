import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { Marking } from '../../dist/offload/marking.js';
import { YoungCollection } from '../../dist/offload/young-collection.js';
import { collectGarbage } from '../support/collect-garbage.js';

let kept: unknown[] = [];
afterEach(() => {
  kept = [];
  collectGarbage();
});

/** Makes objects that stay until the engine begins to mark. */
async function untilMarking(marking: Marking): Promise<void> {
  marking.watch();
  kept = [];
  for (let round = 0; round < 2_000 && !marking.isUnderWay; round += 1) {
    kept.push(Array.from({ length: 20_000 }, (_, index) => ({ index })));
    await turn();
  }
  expect(marking.isUnderWay).toBe(true);
}

test('the engine is seen to begin to mark and to end', async () => {
  const marking = new Marking();
  expect(marking.isUnderWay).toBe(false);
  expect(marking.begun).toBe(0);
  await untilMarking(marking);
  expect(marking.begun).toBeGreaterThan(0);
  collectGarbage();
  await turn();
  expect(marking.isUnderWay).toBe(false);
  expect(marking.isShort).toBe(false);
});

test('the young generation is not collected meanwhile, and is afterwards', async () => {
  const marking = new Marking();
  const young = new YoungCollection(marking);
  await untilMarking(marking);
  expect(young.collect()).toBe(false);
  young.passed(100_000_000);
  expect(young.count).toBe(0);
  collectGarbage();
  await turn();
  young.passed(1);
  expect(young.count).toBe(1);
});

test('whoever waits goes on when it has ended, or after 50 ms', async () => {
  const marking = new Marking();
  await marking.pause();
  await untilMarking(marking);
  const start = performance.now();
  const pause = marking.pause();
  while (marking.isShort) await turn();
  await pause;
  expect(performance.now() - start).toBeLessThan(200);
  expect(marking.isShort).toBe(false);
  await marking.pause();
});

test('one that takes long is not waited for, and nothing is collected by force before its end', async () => {
  const marking = new Marking();
  const young = new YoungCollection(marking);
  await untilMarking(marking);
  // The engine goes on in turns of the event loop only.
  const end = performance.now() + 60;
  while (performance.now() < end);
  expect(marking.isUnderWay).toBe(true);
  expect(young.isHeldUp).toBe(false);
  expect(young.collect()).toBe(false);
});
