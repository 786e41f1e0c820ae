import { parseArgs } from 'node:util';
import { FULL, QUICK, type Scale } from './bench.js';
import { parseByteSize } from './byte-size.js';

const SCENARIOS = ['get', 'set', 'callers', 'batch', 'clear', 'corpora', 'memory'] as const;
type ScenarioName = (typeof SCENARIOS)[number];

/** What the command line asks for. */
export interface BenchOptions {
  readonly scale: Scale;
  readonly only: readonly ScenarioName[];
  /** A JSON file to compare the codecs on, instead of the scenarios. */
  readonly codecs: string | undefined;
  /** Pool sizes to compare, instead of the scenarios. */
  readonly threads: readonly number[] | undefined;
  readonly json: string;
  readonly help: boolean;
}

export const USAGE = `npm run bench -- [options]

All scenarios take ten to fifteen minutes.

  --quick            three short rounds, in less than two minutes; for a look, not for figures to publish
  --only LIST        of ${SCENARIOS.join(', ')}; --quick leaves out corpora unless it is named
  --sizes LIST       of values, like 1KB,64KB,1MB,8MB (the default), for get, set and memory
  --codecs FILE      compare the codecs and compressions on a JSON file of yours
  --threads LIST     compare sizes of the pool, like 1,2,4, on 1 MB gets and sets by 16 callers
  --json FILE        where the figures go (default .bench/latest.json)
  --help`;

const MAX_THREADS = 64;

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
    json: values.json,
    help: values.help,
  };
}

function defaultsOf(scale: Scale): readonly ScenarioName[] {
  return scale.quick ? SCENARIOS.filter((name) => name !== 'corpora') : SCENARIOS;
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
