import { afterEach, expect, test, vi } from 'vitest';
import { giveBack, Slabs } from '../../dist/codec/slabs.js';

const SEGMENT_BYTES = 65_536;
const SLAB_BYTES = 16 * SEGMENT_BYTES;
const MOST_SPARES = 16;

afterEach(() => {
  vi.useRealTimers();
});

function slab(): ArrayBuffer {
  return new Slabs(SEGMENT_BYTES).place(SEGMENT_BYTES).buffer as ArrayBuffer;
}

/** Until there is none that came back. */
function useUpSpares(): void {
  for (let time = 0; time < MOST_SPARES; time++) slab();
}

test('a slab that comes back is used again, once; memory of another size is not', () => {
  useUpSpares();
  const first = slab();
  expect(first.byteLength).toBe(SLAB_BYTES);
  giveBack([new ArrayBuffer(SLAB_BYTES - 1), first, new ArrayBuffer(SLAB_BYTES + 1)]);
  expect(slab()).toBe(first);
  expect(slab()).not.toBe(first);
});

test('a slab that has been handed over is not', () => {
  useUpSpares();
  const gone = slab();
  structuredClone(gone, { transfer: [gone] });
  giveBack([gone]);
  expect(slab().byteLength).toBe(SLAB_BYTES);
});

test('of many that come back 16 are kept, and segments of another size take none of them', () => {
  useUpSpares();
  const many = Array.from({ length: MOST_SPARES + 4 }, () => new ArrayBuffer(SLAB_BYTES));
  giveBack(many);
  expect(new Slabs(64).place(64).buffer.byteLength).toBe(16 * 64);
  expect(new Slabs(SEGMENT_BYTES).place(2 * SLAB_BYTES).length).toBe(2 * SLAB_BYTES);
  const taken = Array.from({ length: MOST_SPARES + 4 }, slab);
  expect(taken.filter((buffer) => many.includes(buffer))).toHaveLength(MOST_SPARES);
});

test('slabs that nobody uses are let go after ten seconds to twenty, and are kept as long as one is used', async () => {
  vi.useFakeTimers();
  const again = new URL('../../dist/codec/slabs.js?again', import.meta.url).href;
  const fresh = (await import(again)) as typeof import('../../dist/codec/slabs.js');
  const next = () => new fresh.Slabs(SEGMENT_BYTES).place(SEGMENT_BYTES).buffer as ArrayBuffer;
  const [first, second] = [next(), next()];
  fresh.giveBack([first, second]);
  for (let time = 0; time < 10; time++) {
    vi.advanceTimersByTime(9_000);
    expect(next()).toBe(second);
    fresh.giveBack([second]);
  }
  vi.advanceTimersByTime(20_000);
  expect([first, second]).not.toContain(next());
  expect(vi.getTimerCount()).toBe(0);
});
