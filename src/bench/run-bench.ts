import { OffloopError } from '../errors.js';
import type { Bench } from './bench.js';
import { type BenchOptions, type BenchSettings, resolveBench } from './bench-settings.js';
import { formatByteSize } from './byte-size.js';
import { compareReports } from './compare.js';
import { isReport } from './read-report.js';
import { REPORT_FORMAT, type Report } from './report-data.js';
import { reasonOf } from './rounds.js';
import { runBatch } from './scenario-batch.js';
import { runBusy } from './scenario-busy.js';
import { runClear } from './scenario-clear.js';
import { countCodecTables, runCodecs } from './scenario-codecs.js';
import { runCallers, runGetSet } from './scenario-get-set.js';
import { countMemoryTables, runMemory } from './scenario-memory.js';
import { type Session, withSession } from './session.js';
import { checkThresholds } from './thresholds.js';

/**
 * Measures Offloop beside other ways of keeping values in Redis, on a real server, all in turns. Peers that are not installed
 * are skipped and named in the report. Rejects with `ERR_OPTION` for what it cannot follow, `ERR_CONNECTION`, `ERR_AUTH` and
 * the like where Redis cannot be used, and with the signal's reason where that fires; what had been measured by then is handed
 * to `onIncomplete`.
 */
export async function bench(options: BenchOptions): Promise<Report> {
  const settings = resolveBench(options);
  const { baseline } = options;
  if (baseline !== undefined && !isReport(baseline)) {
    throw new OffloopError('ERR_OPTION', 'baseline must be the report of an earlier run');
  }
  const total = countTables(settings, options);
  let done = 0;
  let passes = 0;
  const progress = (): void => options.onProgress?.({ done, total, passes });
  const { scale, peers, variants } = settings;
  let begun: Session | undefined;
  try {
    return await withSession(
      {
        url: options.url,
        scale,
        peers,
        variants,
        signal: options.signal,
        ...(options.onOpen && { onOpen: options.onOpen }),
        onPass: () => {
          passes += 1;
          progress();
        },
        onResult: (result) => {
          done += 1;
          options.onResult?.(result);
          progress();
        },
      },
      async (session) => {
        begun = session;
        await runScenarios({ ...session.bench, values: options.values, callers: settings.callers }, settings);
        return reportOf(session, { options, settings });
      },
    );
  } catch (error) {
    if (begun && begun.results.length > 0) {
      options.onIncomplete?.({ ...reportOf(begun, { options, settings }), incomplete: reasonOf(error) });
    }
    throw error;
  }
}

function reportOf(
  { environment, results, skipped }: Session,
  { options, settings }: { readonly options: BenchOptions; readonly settings: BenchSettings },
): Report {
  const { baseline, command, values } = options;
  const { scale, scenarios, thresholds } = settings;
  const report: Report = {
    format: REPORT_FORMAT,
    kind: 'bench',
    ...(command !== undefined && { command }),
    environment,
    settings: {
      rounds: scale.rounds,
      durationMs: scale.budgetMs,
      scenarios: scenarios.join(', '),
      sizes: scale.sizes.map(formatByteSize).join(', '),
      values: values?.map(({ label }) => label).join(', ') ?? 'generated records',
    },
    skipped,
    results,
    ...(thresholds.length > 0 && { thresholds: checkThresholds(thresholds, results) }),
  };
  return baseline ? { ...report, comparison: compareReports(report, baseline) } : report;
}

async function runScenarios(bench: Bench, { scenarios, largeRate }: BenchSettings): Promise<void> {
  const operations = (['set', 'get', 'mixed'] as const).filter((name) => scenarios.includes(name));
  if (operations.length > 0) await runGetSet(bench, operations);
  if (scenarios.includes('callers')) await runCallers(bench);
  if (scenarios.includes('batch')) await runBatch(bench);
  if (scenarios.includes('clear')) await runClear(bench);
  if (scenarios.includes('codecs')) await runCodecs(bench);
  if (scenarios.includes('memory')) await runMemory(bench);
  if (scenarios.includes('busy')) await runBusy(bench, largeRate);
  // It may have fired in the last turn of all.
  bench.signal?.throwIfAborted();
}

function countTables({ scenarios, scale }: BenchSettings, { values }: BenchOptions): number {
  const sized = values?.length ?? scale.sizes.length;
  const tables = {
    set: sized,
    get: sized,
    mixed: sized,
    callers: 2,
    batch: 2,
    clear: 1,
    codecs: countCodecTables({ values, scale }),
    memory: countMemoryTables(scale),
    busy: 2,
  } as const;
  return scenarios.reduce((count, name) => count + tables[name], 0);
}
