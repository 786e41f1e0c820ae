import type { Command } from 'commander';
import { oneOf, SCENARIOS } from '../bench/bench-settings.js';
import { renderEnvironment } from '../bench/environment.js';
import { PEER_IDS } from '../bench/peers/registry.js';
import { parseDuration } from '../bench/quantity.js';
import { isReport } from '../bench/read-report.js';
import { renderReport } from '../bench/report/render-report.js';
import type { Report } from '../bench/report-data.js';
import { bench } from '../bench/run-bench.js';
import { loadSample } from '../bench/sample.js';
import { renderTable } from '../bench/table.js';
import { THRESHOLD_METRICS } from '../bench/thresholds.js';
import { spread } from '../bench/tune/tune-settings.js';
import { renderVerdict } from '../bench/verdict.js';
import { OffloopError } from '../errors.js';
import { collect, listOf, numberOf, numbersOf } from './arguments.js';
import { EXIT } from './failure.js';
import { assertWritable, readJson, writeText } from './files.js';
import type { CommandContext } from './program.js';
import { startProgress } from './progress.js';
import { addRedisFlags, type RedisFlags, withUrl } from './redis-session.js';

interface BenchFlags extends RedisFlags {
  readonly scenarios?: string[];
  readonly sizes?: string[];
  readonly sample?: string;
  readonly callers?: number;
  readonly rounds?: number;
  readonly duration?: number;
  readonly quick?: boolean;
  readonly peers?: string[];
  readonly codecs?: string[];
  readonly compressions?: string[];
  readonly offloads?: string[];
  readonly threads?: number[];
  readonly clearKeys?: number;
  readonly largeRate?: number;
  readonly baseline?: string;
  readonly failIf?: string[];
  readonly output?: string;
  readonly report?: string;
  readonly json?: boolean;
}

const EXAMPLES = `
Examples:
  offloop bench --spawn --quick
  offloop bench --url redis://cache.internal:6379 --scenarios get,set --sizes 64KB,1MB
  offloop bench --sample payload.json --scenarios codecs,get,set --codecs graph,cbor,json --compressions none,gzip
  offloop bench --threads 1,2 --sizes 1MB --callers 16 --report pool.html
  offloop bench --output today.json --baseline yesterday.json --fail-if 'get.1MB.wait.p99 > 5ms'

Metrics of --fail-if: ${Object.keys(THRESHOLD_METRICS).join(', ')}`;

/** `offloop bench`: Offloop beside others, on a real Redis. */
export function addBench(program: Command, context: CommandContext): void {
  const command = program
    .command('bench')
    .description(
      'measure get, set, batches, clears, codecs, memory and a busy service, beside other clients',
    );
  addRedisFlags(command, { canSpawn: true })
    .option(
      '--scenarios <list>',
      `of ${SCENARIOS.join(', ')} (default: set, get, mixed, batch, clear)`,
      listOf,
    )
    .option('--sizes <list>', 'of values, like 1KB,64KB,1MB,8MB (the default)', listOf)
    .option('--sample <path>', 'your own values: JSON, NDJSON, a directory, or a module with a generator')
    .option('--callers <n>', 'callers at a time (default: 4, and 2 above 4 MB)', numberOf('--callers'))
    .option('--rounds <n>', 'rounds that count (default: 5)', numberOf('--rounds'))
    .option('--duration <time>', 'of one contender in one round (default: 400ms)', (text) =>
      parseDuration('--duration', text),
    )
    .option('--quick', 'three short rounds: for a look, not for figures to publish')
    .option('--peers <list>', `of ${PEER_IDS.join(', ')} (default: all that are installed)`, listOf)
    .option('--codecs <list>', 'compare Offloop with these codecs', listOf)
    .option('--compressions <list>', 'compare Offloop with these compressions', listOf)
    .option('--offloads <list>', 'compare Offloop with these offload policies: auto, always, never', listOf)
    .option('--threads <list>', 'compare pools of these sizes', numbersOf('--threads'))
    .option('--clear-keys <n>', 'keys in a clear, half of them under the prefix', numberOf('--clear-keys'))
    .option('--large-rate <n>', 'large calls a second in busy', numberOf('--large-rate'))
    .option('--baseline <file>', 'compare with an earlier --output')
    .option('--fail-if <condition>', 'exit with 1 where it is true; may be repeated', collect)
    .option('--output <file>', 'write every figure as JSON')
    .option('--report <file>', 'write a page with charts, as one HTML file that opens offline')
    .option('--json', 'print the JSON on stdout, and nothing else there')
    .addHelpText('after', EXAMPLES)
    .action((flags: BenchFlags) => runBench(flags, context));
}

async function runBench(flags: BenchFlags, context: CommandContext): Promise<void> {
  const baseline = flags.baseline === undefined ? undefined : await readBaseline(flags.baseline);
  const sample = flags.sample === undefined ? undefined : await loadSample(flags.sample);
  await assertWritable(flags.output);
  await assertWritable(flags.report);
  const tell = (text: string): void => void (flags.json ? undefined : process.stdout.write(`${text}\n`));
  let progress: ReturnType<typeof startProgress> | undefined;
  let report: Report;
  let incomplete: Report | undefined;
  try {
    report = await withUrl(flags, (url) =>
      bench({
        url,
        scenarios: flags.scenarios?.map((name) => oneOf('--scenarios', name, SCENARIOS)),
        sizes: flags.sizes,
        values:
          sample &&
          spread(sample.values, 3).map((entry) => ({ ...entry, label: `${sample.source}, ${entry.label}` })),
        callers: flags.callers,
        rounds: flags.rounds,
        durationMs: flags.duration,
        quick: flags.quick,
        peers: flags.peers,
        codecs: flags.codecs,
        compressions: flags.compressions,
        offloads: flags.offloads,
        threads: flags.threads,
        clearKeys: flags.clearKeys,
        largeRate: flags.largeRate,
        baseline,
        failIf: flags.failIf,
        command: context.commandLine,
        signal: context.signal,
        onOpen: ({ environment, skipped }) => {
          tell(renderEnvironment(environment));
          for (const { id, reason } of skipped) tell(`skipped: ${id}: ${reason}`);
        },
        onResult: (result) => tell(renderTable(result)),
        onProgress: ({ done, total, passes }) => {
          progress ??= startProgress('tables', total);
          progress.update(done, `${passes} passes`);
        },
        onIncomplete: (given) => {
          incomplete = given;
        },
      }),
    );
  } catch (error) {
    if (incomplete) await writeResults(incomplete, flags);
    throw error;
  } finally {
    progress?.stop();
  }
  await writeResults(report, flags);
  tell(renderVerdict(report.results));
  tell(renderComparison(report));
  for (const { text, measured, failed } of report.thresholds ?? []) {
    tell(
      `${failed ? 'FAILED' : 'ok'}: ${text} (${measured === undefined ? 'not measured' : measured.toPrecision(4)})`,
    );
  }
  if (report.thresholds?.some(({ failed }) => failed)) context.end(EXIT.finding);
}

/** Where the figures were asked to go. */
export async function writeResults(
  report: Report,
  flags: Pick<BenchFlags, 'output' | 'report' | 'json'>,
): Promise<void> {
  const text = `${JSON.stringify(report, null, 2)}\n`;
  if (flags.output !== undefined) await writeText(flags.output, text);
  if (flags.report !== undefined) await writeText(flags.report, await renderReport(report));
  if (flags.json) process.stdout.write(text);
}

async function readBaseline(path: string): Promise<Report> {
  const document = await readJson(path);
  if (isReport(document)) return document;
  throw new OffloopError('ERR_OPTION', `${path} is no report that this version reads`);
}

function renderComparison({ comparison }: Report): string {
  if (!comparison) return '';
  const real = comparison.differences.filter(({ verdict }) => verdict !== 'same');
  const lines = real.map(
    ({ title, peer, metric, ratio, interval: [low, high], verdict }) =>
      `  ${verdict}: ${title}, ${peer}, ${metric}: ${ratio.toFixed(2)}× (95 %: ${low.toFixed(2)} to ${high.toFixed(2)})`,
  );
  return [
    `\nAgainst the run of ${comparison.baselineDate}, on a machine that now takes ${comparison.machine.toFixed(2)} times as long for the same work:`,
    ...comparison.warnings.map((warning) => `  ${warning}`),
    ...comparison.missing.map((missing) => `  not compared: ${missing}`),
    ...(comparison.differences.length === 0
      ? ['  the two runs have no figure in common']
      : [
          ...(lines.length > 0 ? lines : ['  no difference is real']),
          `  ${comparison.differences.length - real.length} of ${comparison.differences.length} figures are within the noise`,
        ]),
  ].join('\n');
}
