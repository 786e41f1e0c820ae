/** The style of a report's page. Colours of series are told apart in both schemes, and by most who see colours otherwise. */
export const PAGE_STYLE = `
:root {
  color-scheme: light dark;
  --font: system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif;
  --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace;
  --page: #f6f7f9; --card: #fff; --text: #1b2330; --muted: #566074; --line: #dfe3ea; --accent: #0b63ce; --accent-soft: #e5effb;
  --quiet: #a9b6c9; --good: #0a7043; --bad: #b3261e;
  --s0: #0b63ce; --s1: #d1495b; --s2: #c77700; --s3: #2e8b57; --s4: #8e44ad; --s5: #00838f; --s6: #7a5c3e; --s7: #5c6b82; --s8: #b83280; --s9: #6b7f00;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #12161d; --card: #1a202a; --text: #e8ecf3; --muted: #a3aec0; --line: #323b4a; --accent: #6db3ff; --accent-soft: #1c3350;
    --quiet: #56647a; --good: #5fd39a; --bad: #ff8f86;
    --s0: #6db3ff; --s1: #ff8296; --s2: #f2b24b; --s3: #6fd39b; --s4: #cf9bf0; --s5: #4fd0da; --s6: #cfa985; --s7: #a3b1c7; --s8: #f58cc6; --s9: #c3d35a;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-behavior: smooth; }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
body { margin: 0; background: var(--page); color: var(--text); font: 16px/1.5 var(--font); overflow-wrap: anywhere; }
header, main, footer { max-width: 1240px; margin: 0 auto; padding: 0 20px; }
header { padding-top: 32px; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 4px; letter-spacing: -0.01em; }
h2 { font-size: 1.3rem; line-height: 1.25; margin: 0 0 6px; }
h3 { font-size: 1rem; margin: 20px 0 6px; }
p { margin: 0 0 10px; max-width: 78ch; }
.lead, header p { color: var(--muted); }
small { color: var(--muted); font-size: 0.85em; font-weight: 400; }
a { color: var(--accent); }
nav ul { display: flex; flex-wrap: wrap; gap: 8px; list-style: none; margin: 16px 0 0; padding: 0; }
nav a { display: block; padding: 6px 12px; border: 1px solid var(--line); border-radius: 999px; background: var(--card); text-decoration: none; font-size: 0.9rem; }
section { background: var(--card); border: 1px solid var(--line); border-radius: 14px; padding: 22px; margin: 20px 0; }
section#choice { border-color: var(--accent); box-shadow: inset 0 4px 0 var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 350px), 1fr)); gap: 24px; margin-top: 12px; }
figure { margin: 0; min-width: 0; }
figcaption { font-weight: 600; display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 12px; margin-bottom: 6px; }
.plot { position: relative; height: 300px; width: 100%; min-width: 0; }
.legend { display: flex; flex-wrap: wrap; gap: 4px 6px; list-style: none; margin: 8px 0; padding: 0; }
.legend button { font: inherit; font-size: 0.85rem; color: var(--text); background: none; border: 1px solid var(--line); border-radius: 999px; padding: 3px 10px 3px 8px; cursor: pointer; text-align: left; }
.legend button::before { content: ""; display: inline-block; width: 10px; height: 10px; border-radius: 50%; margin-right: 6px; background: var(--c); }
.legend button[aria-pressed="false"] { color: var(--muted); text-decoration: line-through; }
.legend button[aria-pressed="false"]::before { background: none; box-shadow: inset 0 0 0 2px var(--muted); }
${Array.from({ length: 10 }, (_, index) => `[data-color="${index}"] { --c: var(--s${index}); }`).join('\n')}
details { margin-top: 4px; font-size: 0.9rem; }
summary { cursor: pointer; color: var(--accent); padding: 4px 0; }
.scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: 10px; margin: 8px 0 16px; max-height: 78vh; }
table { border-collapse: collapse; width: 100%; font-size: 0.88rem; font-variant-numeric: tabular-nums; }
caption { text-align: left; font-weight: 600; padding: 10px 12px; position: sticky; left: 0; }
th, td { padding: 6px 12px; text-align: left; border-bottom: 1px solid var(--line); vertical-align: top; overflow-wrap: normal; }
tbody tr:last-child > * { border-bottom: 0; }
tbody th { font-weight: 500; min-width: 9rem; }
thead th, thead td { background: var(--card); position: sticky; top: 0; white-space: nowrap; z-index: 1; }
td.number { text-align: right; white-space: nowrap; }
table.sortable td:first-child { min-width: 9rem; }
th button { all: unset; box-sizing: border-box; font-weight: 600; cursor: pointer; padding: 4px 2px; }
th button:focus-visible { outline: 3px solid var(--accent); }
th button::after { content: " ↕"; color: var(--muted); }
th[aria-sort="ascending"] button::after { content: " ↑"; color: var(--accent); }
th[aria-sort="descending"] button::after { content: " ↓"; color: var(--accent); }
tr[hidden] { display: none; }
.filter { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; }
.filter input { font: inherit; color: inherit; background: var(--page); border: 1px solid var(--muted); border-radius: 8px; padding: 5px 10px; max-width: 100%; }
.verdict { display: inline-block; padding: 1px 9px; border-radius: 999px; border: 1px solid var(--line); font-size: 0.85rem; white-space: nowrap; }
.verdict[data-verdict="helps"] { color: var(--good); border-color: currentColor; font-weight: 600; }
.verdict[data-verdict="makes it worse"] { color: var(--bad); border-color: currentColor; font-weight: 600; }
dl { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 230px), 1fr)); gap: 12px 20px; margin: 12px 0; }
dt { color: var(--muted); font-size: 0.85rem; }
dd { margin: 0; }
.chips { grid-template-columns: repeat(auto-fit, minmax(min(100%, 150px), 1fr)); }
.chips div { background: var(--accent-soft); border-radius: 10px; padding: 10px 14px; }
.chips dd { font-size: 1.25rem; font-weight: 600; }
.scores { list-style: none; padding: 0; margin: 8px 0; display: grid; gap: 10px; }
.scores li { display: grid; grid-template-columns: 6.5rem minmax(0, 1fr) minmax(80px, 220px) 11rem; gap: 4px 12px; align-items: center; }
meter { width: 100%; height: 14px; }
.plain { list-style: none; padding: 0; }
.plain li { margin: 6px 0; }
pre { font: 0.88rem/1.5 var(--mono); background: var(--page); border: 1px solid var(--line); border-radius: 10px; padding: 12px 14px; margin: 8px 0; white-space: pre-wrap; }
.command { user-select: all; }
footer { color: var(--muted); font-size: 0.85rem; padding-bottom: 40px; }
@media (max-width: 640px) {
  header, main, footer { padding-left: 12px; padding-right: 12px; }
  section { padding: 16px 14px; border-radius: 12px; }
  h1 { font-size: 1.5rem; }
  .scores li { grid-template-columns: 1fr; padding-bottom: 8px; border-bottom: 1px solid var(--line); }
}
@media print { body { background: none; } nav, .filter { display: none; } section { break-inside: avoid; border: 0; padding: 0; } }
`;
