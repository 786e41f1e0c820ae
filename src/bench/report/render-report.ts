import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { OffloopError } from '../../errors.js';
import { isReport } from '../read-report.js';
import type { Report } from '../report-data.js';
import { chartGroups } from './chart-groups.js';
import { figuresSection } from './figures-table.js';
import { Html, html, jsonText, scriptText } from './html.js';
import { PAGE_STYLE } from './page-style.js';
import {
  chartSection,
  choiceSection,
  environmentSection,
  type Section,
  verdictSections,
} from './sections.js';

/** Chart.js, as the build put it beside this file. */
const LIBRARY = new URL('./chart.umd.min.cjs', import.meta.url);
const SCRIPTS = [new URL('./page-charts.js', import.meta.url), new URL('./page-tables.js', import.meta.url)];

/**
 * A report as one HTML page that holds all that it needs: it opens offline and requests nothing, which its
 * Content-Security-Policy also forbids. Every text of the run (names, commands, failures) is escaped. Rejects with `ERR_OPTION`
 * for what is no report.
 */
export async function renderReport(report: Report): Promise<string> {
  if (!isReport(report)) throw new OffloopError('ERR_OPTION', 'a report must be what bench or tune gives');
  const library = scriptText(await readFile(LIBRARY, 'utf8'));
  const scripts = (await Promise.all(SCRIPTS.map((file) => readFile(file, 'utf8')))).map(scriptText);
  const groups = chartGroups(report);
  const sections: readonly Section[] = [
    ...choiceSection(report),
    ...groups.map((group) => chartSection(group, report)),
    ...verdictSections(report),
    figuresSection(report),
    environmentSection(report),
  ];
  const { environment, incomplete, kind } = report;
  const title = kind === 'tune' ? `Offloop tune: ${report.tuning?.sample.source ?? ''}` : 'Offloop bench';
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policyFor([library, ...scripts])}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${new Html(PAGE_STYLE)}</style>
</head>
<body>
<header>
<h1>${title}</h1>
<p>${environment.date.slice(0, 16).replace('T', ' ')} UTC · Node ${environment.node.slice(1)} · ${environment.server} · ${environment.cores} cores</p>
${incomplete === undefined ? undefined : html`<p><span class="verdict" data-verdict="makes it worse">incomplete</span> The run ended early: ${incomplete}</p>`}
<nav aria-label="Parts of the report"><ul>${sections.map(({ id, heading }) => html`<li><a href="#${id}">${heading}</a></li>`)}</ul></nav>
</header>
<main>
${sections.map(
  ({ id, heading, body }) => html`<section id="${id}" aria-labelledby="${id}-heading">
<h2 id="${id}-heading">${heading}</h2>
${body}
</section>
`,
)}
</main>
<footer>Charts by Chart.js (MIT). A median is drawn with the range of its rounds.</footer>
<script type="application/json" id="charts">${new Html(jsonText(groups.flatMap(({ charts }) => charts)))}</script>
<script>${new Html(library)}</script>
${scripts.map((script) => html`<script type="module">${new Html(script)}</script>`)}
</body>
</html>
`;
  return page.text;
}

/** Nothing but what stands in the page: its own style and its scripts, told by their hashes. */
function policyFor(scripts: readonly string[]): string {
  return [
    "default-src 'none'",
    "connect-src 'none'",
    `script-src ${scripts.map(sourceOf).join(' ')}`,
    `style-src ${sourceOf(PAGE_STYLE)}`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

function sourceOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
