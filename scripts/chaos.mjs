// The reliability suite with its options as flags:
//   node scripts/chaos.mjs [chaos|soak|fuzz] [--seed 1] [--item 8] [--short] [--minutes 20] [--seconds 60]
import { spawn } from 'node:child_process';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: 'string', default: process.env.OFFLOOP_SEED ?? '1' },
    item: { type: 'string' },
    short: { type: 'boolean', default: process.env.OFFLOOP_CHAOS === 'short' },
    minutes: { type: 'string' },
    seconds: { type: 'string' },
  },
});

const [what = 'chaos'] = positionals;
const items = { chaos: values.item, soak: '31', fuzz: '25b?' };
if (!Object.hasOwn(items, what)) throw new Error(`chaos, soak or fuzz, not ${what}`);

const env = { ...process.env, OFFLOOP_SEED: values.seed, OFFLOOP_CHAOS: values.short ? 'short' : 'full' };
if (what === 'soak') env.OFFLOOP_SOAK_MINUTES = values.minutes ?? '20';
if (what === 'fuzz') env.OFFLOOP_FUZZ_SECONDS = values.seconds ?? '60';
const args = ['vitest', 'run', '--config', 'vitest.chaos.config.ts'];
if (items[what] !== undefined) args.push('-t', `scorecard ${items[what]}:`);

console.log(`${what}: seed ${values.seed}`);
spawn('npx', args, { env, stdio: 'inherit' }).on('exit', (code) => {
  process.exitCode = code ?? 1;
});
