// The reliability suite with its options as flags:
//   node scripts/chaos.mjs [chaos|soak|fuzz] [--seed 1] [--item 8] [--short] [--minutes 20] [--seconds 60]
import { spawn } from 'node:child_process';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: 'string', default: process.env.TEST_SEED ?? '1' },
    item: { type: 'string' },
    short: { type: 'boolean', default: process.env.TEST_CHAOS === 'short' },
    minutes: { type: 'string', default: '20' },
    seconds: { type: 'string', default: '60' },
  },
});

const FLAGS = { chaos: 'item', soak: 'minutes', fuzz: 'seconds' };
const [what = 'chaos'] = positionals;
if (!Object.hasOwn(FLAGS, what)) throw new Error(`chaos, soak or fuzz, not ${what}`);
if (!/^\d{1,9}$/.test(values.seed)) throw new Error('--seed takes a whole number');
if (values.item !== undefined && !/^\d+[a-z]?$/.test(values.item))
  throw new Error('--item takes a number such as 8');
for (const name of ['minutes', 'seconds']) {
  if (!(Number(values[name]) > 0)) throw new Error(`--${name} takes a number over 0`);
}

const items = { chaos: values.item, soak: '31', fuzz: '25' };
const env = { ...process.env, TEST_SEED: values.seed, TEST_CHAOS: values.short ? 'short' : 'full' };
if (what === 'soak') env.TEST_SOAK_MINUTES = values.minutes;
if (what === 'fuzz') env.TEST_FUZZ_SECONDS = values.seconds;
const args = ['vitest', 'run', '--config', 'vitest.chaos.config.ts'];
if (items[what] !== undefined) args.push('-t', `scorecard ${items[what]}[a-z]?:`);

const flag = values[FLAGS[what]] === undefined ? '' : ` --${FLAGS[what]} ${values[FLAGS[what]]}`;
const again = `${what === 'fuzz' ? 'npm run fuzz' : `npm run test:${what}`} --${flag} --seed ${values.seed}${values.short ? ' --short' : ''}`;
const began = performance.now();
console.log(`${what}, seed ${values.seed}`);
spawn('npx', args, { env, stdio: 'inherit' }).on('exit', (code) => {
  process.exitCode = code ?? 1;
  console.log(
    `${what}, seed ${values.seed}, ${Math.round((performance.now() - began) / 1_000)} s; once more: ${again}`,
  );
});
