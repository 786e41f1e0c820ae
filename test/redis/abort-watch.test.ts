import { getEventListeners } from 'node:events';
import { expect, it } from 'vitest';
import { AbortWatch } from '../../dist/redis/abort-watch.js';

function many(count: number, signal: AbortSignal, watch: AbortWatch) {
  let told = 0;
  const abortables = Array.from({ length: count }, () => ({ abort: () => told++ }));
  for (const abortable of abortables) watch.add(signal, abortable);
  return { abortables, told: () => told };
}

it('one listener serves all that wait for a signal, and none is left when nobody does', () => {
  const watch = new AbortWatch();
  const { signal } = new AbortController();
  const { abortables } = many(10_000, signal, watch);
  expect(getEventListeners(signal, 'abort')).toHaveLength(1);
  for (const abortable of abortables) watch.remove(signal, abortable);
  expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  many(1, signal, watch);
  expect(getEventListeners(signal, 'abort'), 'and it can be watched again').toHaveLength(1);
});

it('each that still waits is told once, and nobody of another signal', () => {
  const watch = new AbortWatch();
  const [first, second] = [new AbortController(), new AbortController()];
  const [of, other] = [many(3, first.signal, watch), many(3, second.signal, watch)];
  for (const abortable of of.abortables.slice(0, 1)) watch.remove(first.signal, abortable);
  first.abort();
  expect([of.told(), other.told()]).toEqual([2, 0]);
  expect(getEventListeners(first.signal, 'abort')).toHaveLength(0);
  for (const abortable of of.abortables) watch.remove(first.signal, abortable);
  second.abort();
  expect([of.told(), other.told()]).toEqual([2, 3]);
});
