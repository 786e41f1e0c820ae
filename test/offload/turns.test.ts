import { expect, it } from 'vitest';
import { Turns } from '../../dist/offload/turns.js';

it('gives one turn of the event loop to each, in order', async () => {
  const turns = new Turns();
  const seen: string[] = [];
  let loop = 0;
  const count = (): void => {
    loop++;
    if (loop < 20) setImmediate(count);
  };
  setImmediate(count);
  await Promise.all(['a', 'b', 'c'].map((name) => turns.next().then(() => seen.push(`${name}${loop}`))));
  expect(seen.map((entry) => entry[0])).toEqual(['a', 'b', 'c']);
  const at = seen.map((entry) => Number(entry.slice(1)));
  expect(new Set(at).size).toBe(3);
});
