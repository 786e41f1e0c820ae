import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import type { Bar } from './bar.js';
import { measureClear } from './bar-clears.js';
import { measureLarge, measureSmall } from './bar-values.js';
import { FULL, type Scale } from './bench.js';
import { withSession } from './session.js';
import type { Summary } from './statistics.js';

/** Many short rounds and not a few long ones: a disturbance of the machine then spoils some, and the median stands. */
const SCALE: Scale = { ...FULL, rounds: 21, budgetMs: 150, warmUpMs: 600, waitBudgetMs: 0 };

const BARS = { 3: measureSmall, 4: measureLarge, 7: measureClear } as const;

function chosen(args: string[]): (keyof typeof BARS)[] {
  const { values } = parseArgs({ args, options: { only: { type: 'string', default: '3,4,7' } } });
  return values.only.split(',').map((text) => {
    if (text === '3') return 3;
    if (text === '4') return 4;
    if (text === '7') return 7;
    throw new Error(`--only takes 3, 4 and 7; received ${JSON.stringify(text)}`);
  });
}

function passes({ measured, target, holds }: Bar): boolean {
  return holds === 'at least' ? measured >= target : measured <= target;
}

function render(bars: readonly Bar[]): string {
  const table = new Table({
    head: ['bar', 'what', 'measured', 'target', '', 'medians (ranges)'],
    style: { head: [], border: [], compact: true },
  });
  for (const bar of bars) {
    const digits = bar.unit === undefined ? 2 : Number.isInteger(bar.measured) ? 0 : 2;
    const unit = bar.unit === undefined ? '×' : ` ${bar.unit}`;
    const target = `${bar.holds} ${bar.target}${unit}`;
    table.push([
      bar.bar,
      bar.what,
      `${bar.measured.toFixed(digits)}${unit}`,
      target,
      passes(bar) ? 'PASS' : 'FAIL',
      (bar.of ?? []).map(withRange).join(' / '),
    ]);
  }
  return table.toString();
}

function withRange({ median, min, max }: Summary): string {
  const [middle, low, high] = [median, min, max].map((value) =>
    Number(value.toPrecision(3)).toLocaleString('en-US'),
  );
  return `${middle} (${low}–${high})`;
}

async function main(): Promise<void> {
  const wanted = chosen(process.argv.slice(2));
  const peers = ['offloop', 'ioredis-json', 'ioredis-cbor', 'keyv', 'cache-manager'] as const;
  const bars: Bar[] = [];
  await withSession({ scale: SCALE, peers }, async ({ bench, skipped }) => {
    if (skipped.length > 0) throw new Error('every peer of the bars is needed');
    for (const bar of wanted) bars.push(...(await BARS[bar](bench)));
  });
  console.log(`\n${render(bars)}`);
  const failed = bars.filter((bar) => !passes(bar)).length;
  console.log(`${bars.length - failed} passed, ${failed} failed`);
  if (failed > 0) process.exitCode = 1;
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
