import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { it } from 'vitest';
import { CallLedger } from './call-ledger.js';
import { findRedis } from './find-redis.js';
import { seeded } from './hostile-bytes.js';
import { holdings, leftSince, wakeThreads } from './leftovers.js';

/** Where the figures of each item go, a file an item and form; `npm run scorecard` makes the page of them. */
const RESULTS = fileURLToPath(new URL('../../coverage/scorecard/', import.meta.url));

/** `full` takes minutes and gives the figures of the docs; `short` is for every change. */
type Form = 'full' | 'short';
export const FORM: Form = process.env.TEST_CHAOS === 'full' ? 'full' : 'short';
/** All that happens by chance follows from it. */
export const SEED = Number(process.env.TEST_SEED ?? 1);
/** Other programs may run beside the short form. There a time may be so many times its bar before it is a failure… */
const ALLOWED_TIMES = 5;
/** …or so many milliseconds over it, whichever is more. */
const ALLOWED_MS = 250;

function allowed(bar: number, unit: string): number {
  return FORM === 'short' && unit === 'ms' ? Math.max(bar * ALLOWED_TIMES, bar + ALLOWED_MS) : bar;
}

/** What was measured, and what it had to be. */
export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  /** As `≤ 250`; none for what is only told. */
  readonly bar?: string;
  /** What the short form lets pass, where that is more. */
  readonly allowed?: number;
  readonly holds: boolean;
  /** Where it does not hold: why, and what does. */
  readonly why?: string;
}

/** Where the bar of the scorecard is known not to hold: what does, and why. */
export interface Known {
  readonly bar: number;
  readonly why: string;
}

/** One item of the scorecard while it runs. */
export class Item {
  /** Such as `7`, or `25b` where an item has more than one test. */
  readonly id: string;
  readonly number: number;
  /** Keeps the books of the calls under test. */
  readonly calls = new CallLedger();
  /** A whole number below the one given, from the seed. */
  readonly random: (below: number) => number;
  readonly figures: Figure[] = [];
  readonly failures: string[] = [];
  /** A test whose length is an option says itself what it was. */
  form: Form = FORM;
  readonly #cleanups: (() => unknown)[] = [];

  constructor(id: string) {
    this.id = id;
    this.number = Number.parseInt(id, 10);
    this.random = seeded(SEED * 1_000 + this.number);
  }

  /** The first in the full form, the second in the short one. */
  scale(full: number, short: number): number {
    return FORM === 'full' ? full : short;
  }

  /** Has it done at the end, the latest first. */
  defer(cleanup: () => unknown): void {
    this.#cleanups.push(cleanup);
  }

  /** Tells a figure that no bar holds for. */
  note(what: string, value: number, unit = ''): void {
    this.figures.push({ what, value, unit, holds: true });
  }

  /** The figure must be the bar at most. Times (`ms`) have an allowance in the short form. */
  atMost(what: string, value: number, [bar, unit = '']: readonly [number, string?], known?: Known): void {
    const holds = value <= bar;
    const limit = allowed(known?.bar ?? bar, unit);
    if (value > limit) this.failures.push(`${what}: ${value} ${unit}, at most ${limit}`);
    const more = limit > bar && !known ? { allowed: limit } : {};
    this.#add({ what, value, unit, bar: `≤ ${bar}`, ...more, holds }, known);
  }

  /** The figure must be the bar at least. */
  atLeast(what: string, value: number, [bar, unit = '']: readonly [number, string?]): void {
    const holds = value >= bar;
    if (!holds) this.failures.push(`${what}: ${value} ${unit}, at least ${bar}`);
    this.#add({ what, value, unit, bar: `≥ ${bar}`, holds });
  }

  /** There must be none of it. */
  none(what: string, value: number, known?: Known): void {
    this.atMost(what, value, [0], known);
  }

  async cleanUp(): Promise<void> {
    for (const cleanup of this.#cleanups.splice(0).reverse()) await cleanup();
  }

  #add(figure: Figure, known?: Known): void {
    this.figures.push(known && !figure.holds ? { ...figure, why: known.why } : figure);
  }
}

/**
 * A test of one item of the scorecard. Whatever it is about, it also fails where a rejection is not handled, a call does
 * not settle, throws, or rejects with a foreign error, and where something is left at its end.
 */
export function scorecard(
  id: number | string,
  title: string,
  body: (item: Item) => Promise<void>,
  timeoutMs = 300_000,
): void {
  it(`scorecard ${id}: ${title}`, { timeout: timeoutMs }, async () => {
    const item = new Item(String(id));
    let unhandled = 0;
    const count = (): void => void unhandled++;
    await wakeThreads();
    const before = holdings();
    process.on('unhandledRejection', count);
    try {
      await body(item);
    } catch (error) {
      item.failures.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
    }
    try {
      await item.cleanUp();
    } catch (error) {
      item.failures.push(`at its end: ${error instanceof Error ? error.stack : String(error)}`);
    }
    const left = await leftSince(before);
    process.off('unhandledRejection', count);
    item.none('calls that did not settle', item.calls.unsettled);
    item.none('calls that threw', item.calls.thrown);
    item.none('foreign errors', item.calls.untyped);
    item.none('unhandled rejections', unhandled);
    item.none('handles left', left.length);
    if (left.length > 0) item.failures.push(`left: ${left.join(', ')}`);
    await record(item, title);
    if (item.failures.length > 0) {
      throw new Error(`${replay(item)}\n${item.failures.join('\n')}`);
    }
  });
}

function replay({ number }: Item): string {
  const short = FORM === 'short' ? ' --short' : '';
  return `once more: npm run test:chaos -- --item ${number} --seed ${SEED}${short}`;
}

async function record({ id, number, figures, failures, form }: Item, title: string): Promise<void> {
  const source = await findRedis('process');
  const version =
    source.kind === 'binary' ? execFileSync(source.path, ['--version'], { encoding: 'utf8' }) : '';
  const result = {
    id,
    number,
    title,
    form,
    seed: SEED,
    date: new Date().toISOString(),
    node: process.version,
    redis: /v=(\S+)/.exec(version)?.[1] ?? version.trim(),
    figures,
    failures,
  };
  mkdirSync(RESULTS, { recursive: true });
  writeFileSync(join(RESULTS, `${id}.${form}.json`), `${JSON.stringify(result, null, 2)}\n`);
}
