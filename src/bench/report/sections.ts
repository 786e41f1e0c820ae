import { formatByteSize } from '../byte-size.js';
import { METRICS } from '../metrics.js';
import type { Report } from '../report-data.js';
import { renderVerdict } from '../verdict.js';
import type { ChartGroup } from './chart-groups.js';
import type { ChartSpec, Series } from './chart-spec.js';
import { type Html, html } from './html.js';
import { type PoolEffect, poolEffects } from './pool-effect.js';
import { poolRuns } from './pool-runs.js';

const VERDICTS: readonly PoolEffect['verdict'][] = ['helps', 'makes it worse', 'makes no difference'];

/** A part of the page that the table of contents names. */
export interface Section {
  readonly id: string;
  readonly heading: string;
  readonly body: Html;
}

/** Charts with their tables, and for the pool what the figures come to. */
export function chartSection({ id, heading, lead, charts }: ChartGroup, report: Report): Section {
  const effects = id === 'pool' ? poolEffects(poolRuns(report)).toSorted(byVerdict) : [];
  return {
    id,
    heading,
    body: html`<p class="lead">${lead}</p>
${effects.length > 0 ? effectsTable(effects) : undefined}
<div class="charts">${charts.map(chartFigure)}</div>`,
  };
}

function chartFigure(spec: ChartSpec): Html {
  return html`<figure data-chart="${spec.id}">
<figcaption>${spec.title}<small>${spec.value.label}</small></figcaption>
<div class="plot"><canvas role="img" aria-label="${inWords(spec)}"></canvas></div>
${spec.series.length > 1 ? legend(spec.series) : undefined}
<details><summary>Figures of this chart</summary>${figuresOf(spec)}</details>
</figure>`;
}

function legend(series: readonly Series[]): Html {
  const entries = series.map(
    ({ name, color }, index) =>
      html`<li><button type="button" aria-pressed="true" data-series="${index}" data-color="${color % 10}">${name}</button></li>`,
  );
  return html`<ul class="legend" aria-label="Lines that are shown">${entries}</ul>`;
}

/** What one sees in the chart first: all figures where the value is largest, or of all bars. */
function inWords({ title, value, series, across }: ChartSpec): string {
  const names = Array.isArray(across) ? across : undefined;
  if (names && series.length === 1) {
    const told = series[0]?.points.map(({ x, text }) => `${names[x] ?? ''} ${text}`) ?? [];
    return `${title}, ${value.label}: ${told.join('; ')}. The table below has all figures.`;
  }
  const told = series.map(({ name, points }) => `${name} ${points.at(-1)?.text ?? 'none'}`);
  const last = Math.max(...series.flatMap(({ points }) => points.map(({ x }) => x)));
  const where = names ? (names[last] ?? '') : tickAt(across, last);
  return `${title}, ${value.label}, at ${where}: ${told.join('; ')}. The table below has all figures.`;
}

function tickAt(across: ChartSpec['across'], x: number): string {
  return 'ticks' in across ? (across.ticks.find(({ value }) => value === x)?.label ?? String(x)) : '';
}

function figuresOf({ title, across, series }: ChartSpec): Html {
  const steps =
    'ticks' in across
      ? across.ticks.map(({ value, label }) => ({ at: value, label }))
      : across.map((label, at) => ({ at, label }));
  const rows = steps.map(({ at, label }) => {
    const cells = series.map(({ points }) => {
      const point = points.find(({ x }) => x === at);
      return point ? html`<td data-value="${point.y}">${point.text}</td>` : html`<td></td>`;
    });
    return html`<tr><th scope="row">${label}</th>${cells}</tr>`;
  });
  const heads = series.map(({ name }) => html`<th scope="col">${name}</th>`);
  return html`<div class="scroll" role="region" tabindex="0" aria-label="Figures: ${title}"><table>
<thead><tr><td></td>${heads}</tr></thead><tbody>${rows}</tbody></table></div>`;
}

/** What changes comes first. */
function byVerdict(left: PoolEffect, right: PoolEffect): number {
  return VERDICTS.indexOf(left.verdict) - VERDICTS.indexOf(right.verdict);
}

function effectsTable(effects: readonly PoolEffect[]): Html {
  const rows = effects.map(
    ({ what, from, to, metric, before, after, interval: [low, high], verdict }) => html`<tr>
<th scope="row">${what}</th><td>${from} to ${to}</td><td>${METRICS[metric].label}</td>
<td data-value="${before}">${METRICS[metric].format(before)}</td><td data-value="${after}">${METRICS[metric].format(after)}</td>
<td>${(after / before).toFixed(2)}× <small>${low.toFixed(2)} to ${high.toFixed(2)}</small></td>
<td><span class="verdict" data-verdict="${verdict}">${verdict}</span></td></tr>`,
  );
  const counted = (verdict: PoolEffect['verdict']): number =>
    effects.filter((effect) => effect.verdict === verdict).length;
  return html`<p>More threads help ${counted('helps')} of ${effects.length} figures, make ${counted('makes it worse')} worse, and of
${counted('makes no difference')} no difference can be told from the noise.</p>
<div class="scroll" role="region" tabindex="0" aria-label="What more threads change"><table>
<thead><tr><th scope="col">Work</th><th scope="col">Threads</th><th scope="col">Figure</th><th scope="col">Before</th><th scope="col">After</th>
<th scope="col">Ratio, 95 %</th><th scope="col">More threads</th></tr></thead><tbody>${rows}</tbody></table></div>`;
}

/** Where we lose, in the words of the command line; and how it compares with an earlier run, where there was one. */
export function verdictSections({ results, comparison, thresholds, tuning }: Report): Section[] {
  const sections: Section[] = [];
  if (thresholds && thresholds.length > 0) {
    const told = thresholds.map(
      ({ text, measured, failed }) =>
        html`<li><span class="verdict" data-verdict="${failed ? 'makes it worse' : 'helps'}">${failed ? 'failed' : 'ok'}</span>
<code>${text}</code> ${measured === undefined ? 'not measured' : `measured ${measured.toPrecision(4)}`}</li>`,
    );
    sections.push({ id: 'thresholds', heading: 'Conditions', body: html`<ul class="plain">${told}</ul>` });
  }
  if (comparison) {
    const { differences, missing } = comparison;
    const real = differences.filter(({ verdict }) => verdict !== 'same');
    const told = real.map(
      ({ title, peer, metric, ratio, interval: [low, high], verdict }) =>
        html`<li><span class="verdict" data-verdict="${verdict === 'better' ? 'helps' : 'makes it worse'}">${verdict}</span>
${title}, ${peer}, ${METRICS[metric].label}: ${ratio.toFixed(2)}× <small>${low.toFixed(2)} to ${high.toFixed(2)}</small></li>`,
    );
    sections.push({
      id: 'comparison',
      heading: 'Against the earlier run',
      body: html`<p>Of ${comparison.baselineDate}; the same fixed work took ${comparison.machine.toFixed(2)} times as long here.
${comparison.warnings.join('; ')}</p>
${missing.length > 0 ? html`<p>Not compared:</p><ul>${missing.map((line) => html`<li>${line}</li>`)}</ul>` : undefined}
${real.length > 0 ? html`<ul class="plain">${told}</ul>` : undefined}
<p>${
        differences.length === 0
          ? 'The two runs have no figure in common.'
          : `${real.length === 0 ? 'No difference is real. ' : ''}${differences.length - real.length} of ${differences.length} figures are within the noise.`
      }</p>`,
    });
  }
  if (!tuning && results.length > 0) {
    sections.push({
      id: 'losses',
      heading: 'Where Offloop loses',
      body: html`<pre class="words">${renderVerdict(results).trim()}</pre>`,
    });
  }
  return sections;
}

/** What the figures were measured on, how, and the command that does it again. */
export function environmentSection({ environment, settings, skipped, results, command }: Report): Section {
  const facts: readonly (readonly [string, string | number])[] = [
    ['Node', environment.node],
    ['Server', environment.server],
    ['Processor', `${environment.cpu}, ${environment.cores} cores`],
    ['Memory', environment.memory],
    ['System', environment.system],
    ['Load before', environment.loadBefore.toFixed(2)],
    ['Main CPU by', environment.mainCpuClock],
    ['The same fixed work', `${environment.machineMs.toFixed(2)} ms`],
    ['Date', environment.date],
    ...(environment.variables === undefined ? [] : [['Set for Offloop', environment.variables] as const]),
    ...Object.entries(settings).map(([name, value]) => [inWordsOf(name), value] as const),
  ];
  const notes = [...new Set(results.flatMap((result) => result.notes ?? []))];
  return {
    id: 'environment',
    heading: 'Environment, and how to repeat it',
    body: html`${
      command === undefined
        ? html`<p>Made by a program that called <code>offloop/bench</code>, not from the command line.</p>`
        : html`<p>The command that repeats it:</p><pre class="command" tabindex="0">${command}</pre>`
    }
<dl>${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
${skipped.length > 0 ? html`<h3>Left out</h3><ul>${skipped.map(({ id, reason }) => html`<li>${id}: ${reason}</li>`)}</ul>` : undefined}
${notes.length > 0 ? html`<h3>Notes</h3><ul>${notes.map((note) => html`<li>${note}</li>`)}</ul>` : undefined}`,
  };
}

/** Of a tuning: what to use, why, and what it costs. */
export function choiceSection({ tuning }: Report): Section[] {
  if (!tuning) return [];
  const { choice, runnerUp, defaults, sample, load, config } = tuning;
  const trials = [
    { name: 'Choice', trial: choice },
    ...(runnerUp ? [{ name: 'Runner-up', trial: runnerUp }] : []),
    ...(defaults.label === choice.label ? [] : [{ name: 'Defaults', trial: defaults }]),
  ];
  const worst = Math.max(...trials.map(({ trial }) => trial.score.max));
  const scores = trials.map(
    ({ name, trial: { label, score } }) => html`<li><b>${name}</b> <span>${label}</span>
<meter min="0" max="${worst}" value="${score.mean}" aria-label="${name}, score">${score.mean}</meter>
<span data-value="${score.mean}">${round(score.mean)} <small>${round(score.min)} to ${round(score.max)}</small></span></li>`,
  );
  const { codec, compression, inlineLimitBytes, threads, tasksPerThread } = choice.candidate;
  const chips: readonly (readonly [string, string | number])[] = [
    ['codec', codec],
    ['compression', compression],
    ['inline limit', formatByteSize(inlineLimitBytes)],
    ['threads', threads],
    ['tasks a thread', tasksPerThread],
  ];
  return [
    {
      id: 'choice',
      heading: 'The choice',
      body: html`<dl class="chips">${chips.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
<p>Best for <b>${tuning.objective}</b> of ${tuning.trials.length} combinations, under ${load.readsPerSecond} reads and ${load.writesPerSecond} writes
a second${load.rttMs > 0 ? ` with ${load.rttMs} ms more for each round trip` : ''}, with ${sample.source}
(${sample.values} ${sample.values === 1 ? 'value' : 'values'} of ${formatByteSize(sample.smallest)}${
        sample.values === 1 ? '' : ` to ${formatByteSize(sample.largest)}`
      } of JSON text). What does as well within the noise gives way to what is nearer to the defaults.</p>
<h3>Score: ${tuning.scoreLabel}; ${tuning.better} is better</h3>
<ul class="scores">${scores}</ul>
<h3>What it costs</h3><ul>${tuning.costs.map((cost) => html`<li>${cost}</li>`)}</ul>
<h3>The config file</h3><pre class="command" tabindex="0">${JSON.stringify(config, null, 2)}</pre>`,
    },
  ];
}

/** `readsPerSecond` as `Reads per second`. */
function inWordsOf(name: string): string {
  const words = name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function round(value: number): string {
  return Number(value.toPrecision(3)).toLocaleString('en-US');
}
