import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { type Bench, FULL, type Scale } from '#bench/bench.js';
import type { Summary } from '#bench/statistics.js';
import type { Bar } from './bar.js';
import { measureBeside } from './bar-beside.js';
import { measureBusyService } from './bar-busy.js';
import { measureClear } from './bar-clears.js';
import { measureInstantClear } from './bar-clears-instant.js';
import { measureColumns, measureOthers } from './bar-columns.js';
import { measureHandles } from './bar-handles.js';
import { measureHits, measureSharing } from './bar-manager.js';
import { measureLargeMemory } from './bar-memory.js';
import { measurePart } from './bar-part.js';
import { measureSeal } from './bar-seal.js';
import { measureBound, measureNearHits } from './bar-tiers.js';
import { measureLarge, measureSmall } from './bar-values.js';
import { measureHugeWaits, measureLargeWaits } from './bar-waits.js';
import { withSession } from './session.js';

/** Many short rounds and not a few long ones: a disturbance of the machine then spoils some, and the median stands. */
const SCALE: Scale = { ...FULL, rounds: 21, budgetMs: 150, warmUpMs: 600, waitBudgetMs: 0 };

/** In this order. A name with a number is one of its group's. */
const BARS = {
  '3': measureSmall,
  '4': measureLarge,
  '7': measureClear,
  'columns-1': measureColumns,
  'columns-3': measureOthers,
  // Measures 1 and 3.
  'large-1': measureLargeWaits,
  'large-2': measureHugeWaits,
  'large-4': measureHandles,
  'large-5': measurePart,
  'large-6': measureBeside,
  'large-7': measureBusyService,
  'large-8': measureLargeMemory,
  'manager-2': measureSharing,
  'manager-6': measureInstantClear,
  'manager-8': measureHits,
  'tiers-5': measureNearHits,
  'tiers-7': measureBound,
  seal: measureSeal,
} as const satisfies Record<string, (bench: Bench) => Promise<Bar[]>>;

const DEFAULT_BARS = '3,4,7';

/** What the command line asks for: bars by name, or a group by what stands before the number. */
function chosen(args: string[]): ((bench: Bench) => Promise<Bar[]>)[] {
  const { values } = parseArgs({ args, options: { only: { type: 'string', default: DEFAULT_BARS } } });
  return values.only.split(',').flatMap((text) => {
    const found = Object.entries(BARS).filter(([name]) => name === text || name.startsWith(`${text}-`));
    if (found.length > 0) return found.map(([, measure]) => measure);
    throw new Error(
      `--only takes ${Object.keys(BARS).join(', ')}, columns, large, manager and tiers; received ${JSON.stringify(text)}`,
    );
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
    // A target as a share of less than a tenth would else read as another.
    const digits =
      bar.target < 0.1 && bar.unit === undefined
        ? 3
        : bar.unit === undefined
          ? 2
          : Number.isInteger(bar.measured)
            ? 0
            : 2;
    const unit = bar.unit === undefined ? '×' : ` ${bar.unit}`;
    const target = `${bar.holds} ${Number(bar.target.toFixed(3))}${unit}`;
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
    for (const measure of wanted) bars.push(...(await measure(bench)));
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
