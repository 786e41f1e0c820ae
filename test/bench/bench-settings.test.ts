import { expect, test } from 'vitest';
import { bench, loadSample, renderReport, tune } from '../../dist/bench.js';

// Nothing listens there: what is refused is refused before anybody connects.
const url = 'redis://127.0.0.1:1';
const sample = { source: 'x', values: [{ label: 'a', bytes: 1, value: 1 }] };

const OF_BENCH: readonly (readonly [string, object | undefined, RegExp])[] = [
  ['no options', undefined, /^bench: options must be an object, received undefined/],
  ['no url', { url: undefined }, /^url must be a string, received undefined/],
  ['a scenario for a list', { scenarios: 'get' }, /^scenarios must be a list, received a string of 3/],
  ['no scenario', { scenarios: [] }, /^scenarios must be a list of one or more, received an array of 0/],
  ['a size for a list', { sizes: '1KB' }, /^sizes must be a list, received a string/],
  ['no size', { sizes: [] }, /^sizes must be a list of one or more/],
  ['a size that is none', { sizes: [null] }, /^sizes must be a number .* received null/],
  ['a condition for a list', { failIf: 'get.cpu > 1ms' }, /^failIf must be a list, received a string/],
  ['a condition that is none', { failIf: [5] }, /^a threshold must be a string, received 5/],
  ['a peer for a list', { peers: 'keyv' }, /^peers must be a list/],
  ['a codec for a list', { codecs: 'json' }, /^codecs must be a list/],
  ['threads for a list', { threads: 2 }, /^threads must be a list, received 2/],
  ['a value alone', { values: { a: 1 } }, /^values must be a list, received an object/],
  ['no value', { values: [] }, /^values must be a list of one or more/],
  [
    'a value without its size',
    { values: [{ a: 1 }] },
    /^values\[0\] must be an object with label, bytes and/,
  ],
  ['no signal', { signal: {} }, /^signal must be an AbortSignal, received an object/],
  ['no function', { onResult: 'log' }, /^onResult must be a function, received a string/],
];

test.each(OF_BENCH)('bench refuses %s by name', async (_, wrong, message) => {
  const given = wrong && { url, ...wrong };
  await expect(bench(given as Parameters<typeof bench>[0])).rejects.toMatchObject({
    code: 'ERR_OPTION',
    message: expect.stringMatching(message),
  });
});

test.each([
  ['no options', undefined, /^tune: options must be an object/],
  ['no sample', { url }, /^sample must be what .* received undefined/],
  ['values for a sample', { url, sample: [1] }, /^sample\.values must be a list, received a function/],
  ['an empty sample', { url, sample: { ...sample, values: [] } }, /^sample\.values must be a list of one or/],
  ['no url', { sample }, /^url must be a string/],
])('tune refuses %s by name', async (_, wrong, message) => {
  await expect(tune(wrong as Parameters<typeof tune>[0])).rejects.toMatchObject({
    code: 'ERR_OPTION',
    message: expect.stringMatching(message),
  });
});

test('no path and no report are refused as well', async () => {
  const nothing: unknown = undefined;
  await expect(loadSample(nothing as string)).rejects.toMatchObject({ code: 'ERR_OPTION' });
  await expect(renderReport(nothing as never)).rejects.toMatchObject({ code: 'ERR_OPTION' });
});
