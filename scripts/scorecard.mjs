// Makes docs/scorecard.md of the figures that the reliability suite has left in coverage/scorecard/.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';

const RESULTS = new URL('../coverage/scorecard/', import.meta.url);
const PAGE = new URL('../docs/scorecard.md', import.meta.url);
/** What every item asserts besides; told once, where it holds. */
const EVERYWHERE = [
  'calls that did not settle',
  'calls that threw',
  'foreign errors',
  'unhandled rejections',
  'handles left',
];

const results = readdirSync(RESULTS)
  .filter((file) => file.endsWith('.json'))
  .map((file) => JSON.parse(readFileSync(new URL(file, RESULTS), 'utf8')))
  .sort((a, b) => a.number - b.number || (a.id < b.id ? -1 : 1));

const lines = results.map((result) => {
  const told = result.figures.filter(({ what, holds }) => !holds || !EVERYWHERE.includes(what));
  const figures = told.map(({ what, value, unit, bar }) => {
    const text = `${what}: ${value.toLocaleString('en')}${unit ? ` ${unit}` : ''}`;
    return bar ? `**${text}** (${bar})` : text;
  });
  const missed = result.figures.filter(({ holds }) => !holds);
  const holds = missed.length === 0 && result.failures.length === 0;
  const why = missed.map(({ what, why }) => why ?? what);
  const verdict = holds ? 'holds' : `does not: ${(why.length > 0 ? why : ['an error ended it']).join('; ')}`;
  const form = result.form === 'full' ? '' : ', short form';
  const where = `${result.date.slice(0, 10)}, Node ${result.node.slice(1)}, Redis ${result.redis}, seed ${result.seed}${form}`;
  return `| ${result.id} | ${result.title} | ${figures.join('; ')} | ${verdict} | ${where} |`;
});
const held = lines.filter((line) => line.includes('| holds |')).length;

mkdirSync(new URL('.', PAGE), { recursive: true });
writeFileSync(
  PAGE,
  `# The reliability scorecard

What must hold when things break, and what was measured. This page is written by \`npm run scorecard\` from what the tests of
\`test/chaos\` have recorded; [reliability.md](reliability.md) says how to run them and how to repeat one. A figure in bold has a
bar, in brackets behind it. Every item also asserts that each call settled, that none threw instead of rejecting, that every error
was one of Offloop's own, that no rejection went unhandled, and that no socket, thread or handle was left.

${held} of ${lines.length} hold.

| item | what must hold | figures | holds | measured |
| --- | --- | --- | --- | --- |
${lines.map((line) => line.replaceAll('\n', ' ')).join('\n')}
`,
);
console.log(`${held} of ${lines.length} hold: docs/scorecard.md`);
