import { describe, expect, test } from 'vitest';
import { Encodings } from '../../dist/offload/encodings.js';
import { codeThrownBy } from '../support/error-code.js';

const LIMITS = { maxBytes: 1_000, maxQueue: 3 };
/** Work of so many steps, each of which takes a whole slice. */
function work(steps: number) {
  let done = 0;
  const step = (): boolean => {
    const end = performance.now() + 0.2;
    while (performance.now() < end);
    return ++done < steps;
  };
  return { sliceMs: 0.1, step, stillWanted: () => true, started: () => done > 0 };
}
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('values that are encoded', () => {
  test('at once where that is short', () => {
    const encodings = new Encodings(LIMITS);
    const short = { sliceMs: 1_000, step: () => false, stillWanted: () => true };
    for (let time = 0; time < 20; time += 1) expect(encodings.run(short, () => 900).encoded).toBeUndefined();
  });

  test('are eight at a time, wait in their order, and are refused beyond the queue', async () => {
    const encodings = new Encodings(LIMITS);
    const works = Array.from({ length: 11 }, () => work(20));
    const ended: number[] = [];
    const all = works.map((each, index) => {
      const encoding = encodings.run(each, () => 1);
      return encoding.encoded?.then(() => {
        ended.push(index);
        encoding.leave();
      });
    });
    expect(codeThrownBy(() => encodings.run(work(1), () => 1))).toBe('ERR_OVERLOADED');
    for (let time = 0; time < 30; time += 1) await turn();
    expect(works.map(({ started }) => started())).toEqual([...Array(8).fill(true), false, false, false]);
    await Promise.all(all);
    expect(ended).toHaveLength(11);
    expect(ended.slice(-3)).toEqual([8, 9, 10]);
  });

  test('hold their bytes until they leave', async () => {
    const encodings = new Encodings(LIMITS);
    const first = encodings.run(work(3), () => 1_000);
    await first.encoded;
    const next = work(3);
    const second = encodings.run(next, () => 1);
    for (let time = 0; time < 10; time += 1) await turn();
    expect(next.started()).toBe(false);
    first.leave();
    first.leave();
    await second.encoded;
    expect(next.started()).toBe(true);
  });

  test('go on without those that left while they waited', async () => {
    const encodings = new Encodings({ maxBytes: 1_000, maxQueue: 2 });
    const held = encodings.run(work(3), () => 1_000);
    await held.encoded;
    let wanted = true;
    const gone = encodings.run({ ...work(3), stillWanted: () => wanted }, () => 1);
    const kept = encodings.run(work(3), () => 1);
    wanted = false;
    gone.leave();
    await expect(gone.encoded).rejects.toMatchObject({ code: 'ERR_ABORTED' });
    held.leave();
    await kept.encoded;
  });
});
