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

/** One result an item: that of the full form, where there is one. */
function latest() {
  const found = new Map();
  for (const file of readdirSync(RESULTS).filter((name) => name.endsWith('.json'))) {
    const result = JSON.parse(readFileSync(new URL(file, RESULTS), 'utf8'));
    if (result.form === 'full' || !found.has(result.id)) found.set(result.id, result);
  }
  return [...found.values()].sort((a, b) => a.number - b.number || (a.id < b.id ? -1 : 1));
}

/** What a figure shows: that its bar holds, that it is over it and in the short form's allowance, or that it fails. */
function stateOf({ holds, value, allowed, why }) {
  if (holds) return 'holds';
  return allowed !== undefined && value <= allowed && why === undefined ? 'allowed' : 'missed';
}

function figureText({ what, value, unit, bar, allowed }) {
  const text = `${what}: ${value === null ? 'never' : value.toLocaleString('en')}${unit ? ` ${unit}` : ''}`;
  if (!bar) return text;
  return `**${text}** (${bar}${allowed === undefined ? '' : `, here ≤ ${allowed}`})`;
}

function verdictOf({ figures, failures }) {
  const missed = figures.filter((figure) => stateOf(figure) === 'missed');
  if (missed.length > 0) return `does not: ${missed.map(({ what, why }) => why ?? what).join('; ')}`;
  if (failures.length > 0) return 'does not: an error ended it';
  return figures.every((figure) => figure.holds) ? 'holds' : 'in the allowance';
}

const rows = latest().map((result) => {
  const told = result.figures.filter(({ what, holds }) => !holds || !EVERYWHERE.includes(what));
  const form = result.form === 'full' ? 'full' : 'short';
  const where = `${result.date.slice(0, 10)}, Node ${result.node.slice(1)}, Redis ${result.redis}, seed ${result.seed}, ${form}`;
  return { result, figures: told.map(figureText).join('; '), verdict: verdictOf(result), where };
});
const count = (verdict) => rows.filter((row) => row.verdict === verdict).length;
const short = rows.filter(({ result }) => result.form !== 'full').length;
const held = `${count('holds')} of ${rows.length} hold${count('in the allowance') > 0 ? `, ${count('in the allowance')} in the allowance of the short form` : ''}`;
const lines = rows.map(({ result, figures, verdict, where }) =>
  `| ${result.id} | ${result.title} | ${figures} | ${verdict} | ${where} |`.replaceAll('\n', ' '),
);

mkdirSync(new URL('.', PAGE), { recursive: true });
writeFileSync(
  PAGE,
  `# The reliability scorecard

What must hold when things break, and what was measured. This page is written by \`npm run scorecard\` from what the tests of
\`test/chaos\` have recorded; [reliability.md](reliability.md) says how to run them, how to repeat one, and how to read this. A figure in bold has a
bar, in brackets behind it. Every item also asserts that each call settled, that none threw instead of rejecting, that every error
was one of Offloop's own, that no rejection went unhandled, and that no socket, thread or handle was left.

${held}; ${rows.length - short} in the full form, ${short} in the short one, where a time has an allowance for a busy machine.

| item | what must hold | figures | holds | measured |
| --- | --- | --- | --- | --- |
${lines.join('\n')}
`,
);
console.log(`${held}: docs/scorecard.md`);
