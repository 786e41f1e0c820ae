import { describe, expect, it } from 'vitest';
import { cborCodec } from '../../dist/codec/cbor.js';
import { graphCodec } from '../../dist/codec/graph.js';
import { jsonCodec } from '../../dist/codec/json.js';
import { KnownLargeKeys } from '../../dist/offload/known-large.js';
import { LearnedPlan } from '../../dist/offload/learned-plan.js';
import { MovingAverage } from '../../dist/offload/moving-average.js';
import { COMPRESS_INLINE_BYTES, INFLATE_INLINE_BYTES } from '../../dist/offload/plan.js';
import { shapeOf } from '../../dist/offload/shape.js';
import { Threshold } from '../../dist/offload/threshold.js';
import { BYTES_OF_OWN_KEY, bytesPerCutKey } from '../support/cut-keys.js';
import { recordsOf } from '../support/records.js';

const inlineLimitBytes = 65_536;
const learning = (): LearnedPlan => new LearnedPlan({ learns: true, inlineLimitBytes });

function times(count: number, call: () => void): void {
  for (let index = 0; index < count; index++) call();
}

describe('a moving average', () => {
  it('is the mean of its first samples, and follows the later ones', () => {
    const average = new MovingAverage();
    expect(average.value).toBe(0);
    for (const sample of [1, 2, 6]) average.add(sample);
    expect(average.value).toBe(3);
    times(100, () => average.add(50));
    expect(average.value).toBeCloseTo(50, 3);
    average.add(58);
    expect(average.value).toBeCloseTo(51, 3);
  });
});

it('a threshold stays as it is between its two bounds', () => {
  const threshold = new Threshold({ on: 4, off: 1 });
  const seen = [3, 5, 3, 1.5, 0.5, 3].map((figure) => {
    threshold.update(figure);
    return threshold.isOn;
  });
  expect(seen).toEqual([false, true, true, true, false, false]);
});

it.each([
  ['text', 'x'],
  ['other', 1],
  ['other', null],
  ['records', [{}]],
  ['list', []],
  ['list', [1, {}]],
  ['list', [[1]]],
  ['list', [null]],
  ['object', {}],
  ['object', new Date()],
  ['collection', new Map()],
  ['collection', new Set()],
  ['binary', Buffer.alloc(1)],
  ['binary', new ArrayBuffer(1)],
] as const)('the shape %s is that of %j', (shape, value) => {
  expect(shapeOf(value)).toBe(shape);
});

describe('keys known to be large', () => {
  it('are the latest 4,096, and never long ones', () => {
    const keys = new KnownLargeKeys();
    const known = { bytes: 1, whole: false };
    for (let index = 0; index < 10_000; index++) {
      keys.add(`k${index}`, known);
      keys.add('always', known);
    }
    expect(keys.count).toBe(4096);
    expect(keys.find('always')).toBe(known);
    expect(keys.find('k9999')).toBe(known);
    expect(keys.find('k5000')).toBe(undefined);
    keys.remove('k9999');
    expect(keys.find('k9999')).toBe(undefined);
    keys.add('x'.repeat(257), known);
    expect(keys.find('x'.repeat(257))).toBe(undefined);
  });

  it('a key is known from the limit on, and not any more once its value is small', () => {
    const plan = learning();
    plan.sawValue('k', inlineLimitBytes, false);
    expect(plan.knownLarge('k')).toBe(undefined);
    plan.sawValue('k', inlineLimitBytes + 1, true);
    expect(plan.knownLarge('k')).toEqual({ bytes: inlineLimitBytes + 1, whole: true });
    plan.sawValue('k', 10, true);
    expect(plan.knownLarge('k')).toBe(undefined);
  });
});

describe('what main compresses itself', () => {
  it('takes about as long as a task for a worker, once there are samples', () => {
    const plan = learning();
    times(7, () => plan.compressed(10_000, 1));
    expect(plan.compressInlineBytes).toBe(COMPRESS_INLINE_BYTES);
    plan.compressed(10_000, 1);
    expect(plan.compressInlineBytes).toBe(2048);
    times(100, () => plan.compressed(10_000, 0.05));
    expect(plan.compressInlineBytes).toBeCloseTo(20_000, -2);
    times(200, () => plan.compressed(10_000, 0.0001));
    expect(plan.compressInlineBytes).toBe(65_536);
  });

  it('and what it decompresses, too', () => {
    const plan = learning();
    expect(plan.inflateInlineBytes).toBe(INFLATE_INLINE_BYTES);
    times(8, () => plan.inflated(10_000, 0.1));
    expect(plan.inflateInlineBytes).toBeCloseTo(10_000, -1);
  });
});

it('while large values wait for workers, four times as large ones go without; until nothing waits', () => {
  const plan = learning();
  const limits = [10, 2, 0.5].map((queueMs) => {
    times(50, () => plan.moved({ queueMs, bytes: 1e6, ms: 2 }));
    return plan.inlineLimitBytes / inlineLimitBytes;
  });
  expect(limits).toEqual([4, 4, 1]);
  expect(plan.stats()).toMatchObject({ workerBytesPerMs: 5e5, inlineLimitBytes });
});

describe('a list is sent as a graph', () => {
  const records = recordsOf(2_000_000);

  it('never with a codec that encodes in slices, nor where it is short', () => {
    const plan = learning();
    expect(plan.sendsGraph(graphCodec, records, 'records')).toBe(false);
    expect(plan.sendsGraph(cborCodec, records.slice(0, 64), 'records')).toBe(false);
    expect(plan.sendsGraph(cborCodec, { records }, 'object')).toBe(false);
  });

  it('where encoding takes longer than cloning, by a codec that takes it whole', () => {
    const plan = learning();
    const spinning = {
      ...jsonCodec,
      encode: (value: unknown) => {
        const end = performance.now() + 20;
        while (performance.now() < end);
        return jsonCodec.encode(value);
      },
    };
    // The first samples measure the compiler.
    times(3, () => expect(plan.sendsGraph(spinning, records, 'records')).toBe(false));
    expect(plan.sendsGraph(spinning, records, 'records')).toBe(true);
    expect(plan.stats().shapes).toMatchObject([{ shape: 'records', sent: 'graph' }]);
    expect(plan.sendsGraph(spinning, records.slice(0, 200), 'records')).toBe(false);
    const bytes = Buffer.alloc(640_000);
    const quick = { ...jsonCodec, encode: () => bytes };
    times(64 * 16, () => plan.sendsGraph(quick, records, 'records'));
    expect(plan.sendsGraph(quick, records, 'records')).toBe(false);
  });

  it('not where the sample is refused, which the whole list is then told of', () => {
    const plan = learning();
    const odd = Array.from({ length: 100_000 }, () => ({ f: () => 1 }));
    expect(plan.sendsGraph(jsonCodec, odd, 'records')).toBe(false);
  });
});

it('a shape that compression does not help is compressed one time of sixteen, until it helps', () => {
  const plan = learning();
  const tried = (): number =>
    Array.from({ length: 32 }, () => plan.compresses('binary')).filter(Boolean).length;
  times(7, () => plan.stored('binary', false));
  expect(tried()).toBe(32);
  plan.stored('binary', false);
  expect(tried()).toBe(2);
  expect(plan.compresses('text')).toBe(true);
  plan.stored('binary', true);
  expect(tried()).toBe(32);
});

it('a fixed plan learns nothing', () => {
  const plan = new LearnedPlan({ learns: false, inlineLimitBytes });
  const before = plan.stats();
  times(50, () => {
    plan.sawValue('k', 1e6, false);
    plan.compressed(1, 1);
    plan.inflated(1, 1);
    plan.moved({ queueMs: 100, bytes: 1, ms: 1 });
    plan.encoded('records', 1, 1);
    plan.stored('records', false);
  });
  expect(plan.sendsGraph(jsonCodec, recordsOf(2_000_000), 'records')).toBe(false);
  expect(plan.compresses('records')).toBe(true);
  expect(plan.knownLarge('k')).toBe(undefined);
  expect(plan.stats()).toEqual(before);
  expect(before).toMatchObject({ mode: 'fixed', inlineLimitBytes, shapes: [] });
});

it('a key that is known to be large, and is cut out of a long text, does not keep that', async () => {
  const keys = new KnownLargeKeys();
  const known = { bytes: 1, whole: false };
  expect(await bytesPerCutKey((key) => keys.add(key, known))).toBeLessThan(BYTES_OF_OWN_KEY);
  expect(keys.count).toBe(41);
});
