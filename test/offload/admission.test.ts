import { expect, it } from 'vitest';
import { Admission } from '../../dist/offload/admission.js';

const wanted = (): boolean => true;

it('lets in by count, then in the order of coming', async () => {
  const admission = new Admission({ maxRunning: 1, maxQueue: 2, maxBytes: 100 });
  const seen: string[] = [];
  await admission.enter(1, wanted);
  const second = admission.enter(1, wanted).then(() => seen.push('second'));
  const third = admission.enter(1, wanted).then(() => seen.push('third'));
  expect([admission.running, admission.queued]).toEqual([1, 2]);
  admission.release(1);
  await second;
  expect(seen).toEqual(['second']);
  admission.release(1);
  await third;
  expect(seen).toEqual(['second', 'third']);
});

it('lets in by bytes, and one piece larger than all the room alone', async () => {
  const admission = new Admission({ maxRunning: 9, maxQueue: 9, maxBytes: 100 });
  await admission.enter(1_000, wanted);
  let second = false;
  const waiting = admission.enter(1, wanted).then(() => {
    second = true;
  });
  await Promise.resolve();
  expect(second).toBe(false);
  admission.release(1_000);
  await waiting;
  expect([second, admission.bytes]).toEqual([true, 1]);
});

it('refuses with ERR_OVERLOADED where the queue is full, after forgetting those that nobody wants', async () => {
  const admission = new Admission({ maxRunning: 1, maxQueue: 1, maxBytes: 100 });
  await admission.enter(1, wanted);
  let stillWanted = true;
  const gone = admission.enter(1, () => stillWanted);
  await expect(admission.enter(1, wanted)).rejects.toMatchObject({ code: 'ERR_OVERLOADED' });
  stillWanted = false;
  const next = admission.enter(1, wanted);
  expect(await gone).toBe(false);
  admission.release(1);
  expect(await next).toBe(true);
});
