import { parseArgs } from 'node:util';
import { FULL, QUICK, type Scale } from '#bench/bench.js';
import { parseByteSize } from '#bench/byte-size.js';
import { LARGE_RATE } from '#bench/scenario-busy.js';

const SCENARIOS = ['get', 'set', 'callers', 'batch', 'clear', 'corpora', 'memory', 'busy'] as const;
type ScenarioName = (typeof SCENARIOS)[number];

/** Run only where they are named: they take minutes. */
const BY_NAME: ReadonlySet<ScenarioName> = new Set(['busy']);

/** What the command line asks for. */
export interface BenchOptions {
  readonly scale: Scale;
  readonly only: readonly ScenarioName[];
  /** A JSON file to compare the codecs on, instead of the scenarios. */
  readonly codecs: string | undefined;
  /** Pool sizes to compare, instead of the scenarios. */
  readonly threads: readonly number[] | undefined;
  /** Large calls a second of the busy service. */
  readonly largeRate: number;
  readonly json: string;
  readonly help: boolean;
}

export const USAGE = `npm run bench -- [options]

All scenarios take ten to fifteen minutes.

  --quick            three short rounds, in less than two minutes; for a look, not for figures to publish
  --only LIST        of ${SCENARIOS.join(', ')}; --quick leaves out corpora unless it is named;
                     busy (a service under requests beside large values, six minutes) is run only if named
  --large-rate N     large calls a second in busy, the same for all peers (default ${LARGE_RATE})
  --sizes LIST       of values, like 1KB,64KB,1MB,8MB (the default), for get, set and memory
  --codecs FILE      compare the codecs and compressions on a JSON file of yours
  --threads LIST     compare sizes of the pool, like 1,2,4, on 1 MB gets and sets by 16 callers
  --json FILE        where the figures go (default .bench/latest.json)
  --help`;

const MAX_THREADS = 64;
const MAX_LARGE_RATE = 1_000;

/** Reads the command line; throws with what was received where it cannot be followed. */
export function parseBenchOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      only: { type: 'string' },
      sizes: { type: 'string' },
      codecs: { type: 'string' },
      threads: { type: 'string' },
      'large-rate': { type: 'string', default: String(LARGE_RATE) },
      json: { type: 'string', default: '.bench/latest.json' },
      help: { type: 'boolean', default: false },
    },
  });
  const scale = values.quick ? QUICK : FULL;
  return {
    scale: values.sizes === undefined ? scale : { ...scale, sizes: listOf(values.sizes).map(parseByteSize) },
    only: values.only === undefined ? defaultsOf(scale) : listOf(values.only).map(parseScenario),
    codecs: values.codecs,
    threads: values.threads === undefined ? undefined : listOf(values.threads).map(parseThreads),
    largeRate: parseRate(values['large-rate']),
    json: values.json,
    help: values.help,
  };
}

function defaultsOf(scale: Scale): readonly ScenarioName[] {
  return SCENARIOS.filter((name) => !BY_NAME.has(name) && !(scale.quick && name === 'corpora'));
}

function listOf(text: string): string[] {
  return text.split(',').map((part) => part.trim());
}

function parseScenario(name: string): ScenarioName {
  const known = SCENARIOS.find((scenario) => scenario === name);
  if (!known) throw new Error(`--only takes ${SCENARIOS.join(', ')}; received ${JSON.stringify(name)}`);
  return known;
}

function parseThreads(text: string): number {
  const threads = Number(text);
  if (!Number.isInteger(threads) || threads < 1 || threads > MAX_THREADS) {
    throw new Error(`--threads takes whole numbers of 1 to ${MAX_THREADS}; received ${JSON.stringify(text)}`);
  }
  return threads;
}

function parseRate(text: string): number {
  const rate = Number(text);
  if (!(rate > 0 && rate <= MAX_LARGE_RATE)) {
    throw new Error(
      `--large-rate takes a number above 0, up to ${MAX_LARGE_RATE}; received ${JSON.stringify(text)}`,
    );
  }
  return rate;
}
