import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type BenchOptions, parseBenchOptions, USAGE } from './bench-options.js';
import { PEER_IDS } from '#bench/peers/registry.js';
import { runBatch } from '#bench/scenario-batch.js';
import { runBusy } from '#bench/scenario-busy.js';
import { runClear } from '#bench/scenario-clear.js';
import { runCorpora } from './scenario-corpora.js';
import { runCallers, runGetSet } from '#bench/scenario-get-set.js';
import { runMemory } from '#bench/scenario-memory.js';
import { type Session, withSession } from './session.js';
import { failures, lossesToBaseline, lossesToOthers, renderVerdict } from '#bench/verdict.js';

async function runScenarios(
  { bench }: Session,
  { only, codecs, threads, largeRate }: BenchOptions,
): Promise<void> {
  if (codecs !== undefined || threads !== undefined) {
    if (codecs !== undefined) await runCodecs(bench, codecs);
    if (threads !== undefined) await runThreads(bench, threads);
    return;
  }
  const operations = (['set', 'get'] as const).filter((operation) => only.includes(operation));
  if (operations.length > 0) await runGetSet(bench, operations);
  if (only.includes('callers')) await runCallers(bench);
  if (only.includes('batch')) await runBatch(bench);
  if (only.includes('clear')) await runClear(bench);
  if (only.includes('corpora')) await runCorpora(bench);
  if (only.includes('memory')) await runMemory(bench);
  if (only.includes('busy')) await runBusy(bench, largeRate);
}

async function writeReport({ environment, results, skipped, bench }: Session, path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const losses = { toBaseline: lossesToBaseline(results), toOthers: lossesToOthers(results) };
  await writeFile(
    path,
    `${JSON.stringify({ environment, scale: bench.scale, skipped, results, losses }, null, 2)}\n`,
  );
  console.log(`\nEvery figure with its range: ${path}`);
}

async function main(): Promise<void> {
  const options = parseBenchOptions(process.argv.slice(2));
  if (options.help) {
    console.log(USAGE);
    return;
  }
  const compares = options.codecs !== undefined || options.threads !== undefined;
  const peers = compares ? (['ioredis-json'] as const) : PEER_IDS;
  await withSession({ scale: options.scale, peers }, async (session) => {
    await runScenarios(session, options);
    console.log(renderVerdict(session.results));
    await writeReport(session, options.json);
    if (failures(session.results).length > 0) process.exitCode = 1;
  });
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
