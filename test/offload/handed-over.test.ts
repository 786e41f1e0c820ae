import { expect, test } from 'vitest';
import { HandedOver } from '../../dist/offload/handed-over.js';
import type { Missing, Payload } from '../../dist/offload/tasks.js';

const MB = 1024 * 1024;

/** A thread in which full collections begin when a test says so. */
function thread(mostBytes?: number) {
  const marking = { begun: 0 };
  const log: string[] = [];
  const collector = {
    isHeldUp: false,
    begin: () => {},
    turn: async () => {
      log.push('turn');
    },
    collect: () => {
      log.push('collect');
      return true;
    },
  };
  const handed = new HandedOver(collector, marking, mostBytes);
  const payload = (bytes: number): Payload => ({
    kind: 'payload',
    codec: 0,
    payload: new Uint8Array(bytes),
    lengths: Uint32Array.of(bytes),
    storedBytes: bytes,
  });
  return {
    marking,
    collector,
    log,
    /** Reads, and tells whether the young generation was collected before. */
    read: async (bytes = 4 * MB): Promise<boolean> => {
      log.length = 0;
      const value = payload(bytes);
      const read = handed.receive(async () => {
        log.push('read');
        return value;
      });
      expect(await read).toBe(value);
      expect(log.at(-1)).toBe('read');
      return log.includes('collect');
    },
    miss: (result: Missing) => handed.receive(async () => result),
  };
}

test('nothing is collected as long as there are no full collections', async () => {
  const { read } = thread();
  for (let count = 0; count < 50; count += 1) expect(await read()).toBe(false);
});

test('once there was a full collection, what was given before is collected before more is received', async () => {
  const { read, marking } = thread();
  await read();
  marking.begun++;
  for (let count = 0; count < 10; count += 1) expect(await read()).toBe(true);
});

test('not for less than 2 MB, and what was missing is nothing', async () => {
  const { read, marking, miss } = thread();
  await read();
  marking.begun++;
  expect(await read(MB / 2)).toBe(true);
  await miss({ kind: 'missing', found: false });
  expect(await read(MB)).toBe(false);
  expect(await read(MB)).toBe(false);
  expect(await read(MB)).toBe(true);
});

test('not where more is free at once than the engine puts up with', async () => {
  const { read, marking } = thread(5 * MB);
  await read(6 * MB);
  marking.begun++;
  expect(await read(6 * MB)).toBe(false);
  expect(await read(4 * MB)).toBe(false);
  expect(await read(4 * MB)).toBe(true);
});

test('in vain three times in a row it is left out for long, then tried again', async () => {
  const { read, marking } = thread();
  await read();
  const tried: boolean[] = [];
  for (let count = 0; count < 140; count += 1) {
    marking.begun++;
    tried.push(await read());
  }
  expect(tried.slice(0, 3)).toEqual([true, true, true]);
  expect(tried.indexOf(true, 3)).toBe(3 + 1 + 128);
});

test('that it is still needed is seen after 32 times', async () => {
  const { read, marking } = thread();
  await read();
  marking.begun++;
  for (let count = 0; count < 32; count += 1) expect(await read()).toBe(true);
  expect(await read()).toBe(false);
  expect(await read()).toBe(false);
  marking.begun++;
  expect(await read()).toBe(true);
});

test('it waits for the engine, which is marking', async () => {
  const { read, marking, collector, log } = thread();
  await read();
  marking.begun++;
  collector.isHeldUp = true;
  await read();
  expect(log).toEqual(['turn', 'collect', 'read']);
});
