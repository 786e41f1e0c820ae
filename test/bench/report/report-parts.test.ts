import { expect, test } from 'vitest';
import { linearAxis, logAxis } from '../../../dist/bench/report/axes.js';
import { html, jsonText, scriptText } from '../../../dist/bench/report/html.js';
import { poolEffects } from '../../../dist/bench/report/pool-effect.js';
import { summarize } from '../../../dist/bench/statistics.js';

test('markup holds text as text, markup as it is', () => {
  expect(
    html`<p title="${'"'}">${'<b>'}${html`<i>${'&'}</i>`}${undefined}${[html`1`, html`2`]}</p>`.text,
  ).toBe('<p title="&quot;">&lt;b&gt;<i>&amp;</i>12</p>');
});

test('a script cannot end its tag, and still means the same', () => {
  const script = "const a = ['</script>', '<!--', '</SCRIPT x', '<script>'];";
  expect(scriptText(script)).not.toMatch(/<\/script|<!--|<script/i);
  const meant = (text: string): unknown => new Function(`${text} return a;`)();
  expect(meant(scriptText(script))).toEqual(meant(script));
  expect(JSON.parse(jsonText({ a: '</script>' }))).toEqual({ a: '</script>' });
  expect(jsonText({ a: '</script>' })).not.toContain('<');
});

test('marks of an axis lie within it, hold all points and are few', () => {
  const points = (values: number[]) =>
    values.map((y) => ({ x: 0, y, low: y * 0.9, high: y * 1.1, text: '' }));
  for (const values of [[1, 1.2], [0.003, 900], [5], [0.1, 0.5, 2], [1e-3, 1e6]]) {
    for (const axis of [logAxis('p50Ms', points(values)), linearAxis('p50Ms', points(values))]) {
      expect(axis.min).toBeLessThanOrEqual(Math.min(...values) * 0.9);
      expect(axis.max).toBeGreaterThanOrEqual(Math.max(...values) * 1.1);
      expect(axis.ticks.length).toBeGreaterThan(0);
      expect(axis.ticks.length).toBeLessThanOrEqual(8);
      for (const { value } of axis.ticks) {
        expect(value).toBeGreaterThanOrEqual(axis.min);
        expect(value).toBeLessThanOrEqual(axis.max);
      }
    }
  }
});

test('more threads help or harm only where the rounds leave no doubt', () => {
  const run = (one: number[], two: number[]) => ({
    what: 'get',
    steps: [
      { threads: 2, figures: { throughput: summarize(two), waitMeanMs: summarize(two) } },
      { threads: 1, figures: { throughput: summarize(one), waitMeanMs: summarize(one) } },
    ],
  });
  const verdicts = (one: number[], two: number[]) =>
    poolEffects([run(one, two)]).map(({ verdict }) => verdict);
  expect(verdicts([100, 101, 99], [150, 151, 149])).toEqual(['helps', 'makes it worse']);
  expect(verdicts([100, 101, 99], [50, 51, 49])).toEqual(['makes it worse', 'helps']);
  expect(verdicts([100, 101, 99], [102, 103, 101])).toEqual(['makes no difference', 'makes no difference']);
  expect(verdicts([100, 180, 60], [150, 50, 190])).toEqual(['makes no difference', 'makes no difference']);
  expect(verdicts([100], [200])).toEqual(['makes no difference', 'makes no difference']);
  expect(poolEffects([run([100, 101, 99], [150, 151, 149])])[0]).toMatchObject({
    from: 1,
    to: 2,
    before: 100,
  });
});
