import { oneOf } from '../bench/bench-settings.js';
import { renderEnvironment } from '../bench/environment.js';
import { parseDuration, parseRate } from '../bench/quantity.js';
import { sampleRedis } from '../bench/redis-sample.js';
import { loadSample } from '../bench/sample.js';
import { tune } from '../bench/tune/run-tune.js';
import { OffloopError } from '../errors.js';
import { numberOf } from './arguments.js';
import { writeResults } from './bench-command.js';
import { assertWritable, writeText } from './files.js';
import { startProgress } from './progress.js';
import { addRedisFlags, withUrl } from './redis-session.js';
const OBJECTIVES = ['wait', 'latency', 'throughput', 'memory'];
const EXAMPLES = `
Examples:
  offloop tune --sample payload.json --spawn --report tune.html
  offloop tune --sample ./payloads --reads 500/s --writes 50/s --rtt 1ms --objective latency
  offloop tune --sample-redis 'myapp:*' --sample-url redis://cache.internal:6379 --spawn

The config file is read by RedisBackend.fromConfig('offloop.config.json').`;
/** `offloop tune`: the settings that serve a sample best, as a config file. */
export function addTune(program, context) {
    const command = program
        .command('tune')
        .description('find the codec, compression, inline limit and pool that serve your values best');
    addRedisFlags(command, { canSpawn: true })
        .option('--sample <path>', 'your values: JSON, NDJSON, a directory, or a module with a generator')
        .option('--sample-redis <pattern>', 'sample what is cached already, like "myapp:*"; only reads')
        .option('--sample-url <url>', 'the server that --sample-redis reads (default: that of --url)')
        .option('--objective <name>', `what to make best: ${OBJECTIVES.join(', ')}`, 'wait')
        .option('--reads <rate>', 'of the load', (text) => parseRate('--reads', text), 200)
        .option('--writes <rate>', 'of the load', (text) => parseRate('--writes', text), 20)
        .option('--rtt <time>', 'what a round trip to your Redis takes more than here', (text) => parseDuration('--rtt', text), 0)
        .option('--pace <times>', 'measure so many times as long (default: 1, about a minute)', numberOf('--pace'))
        .option('--exhaustive', 'measure every combination in full: minutes')
        .option('--out <file>', 'the config file', 'offloop.config.json')
        .option('--output <file>', 'write every figure as JSON')
        .option('--report <file>', 'write a page with charts, as one HTML file that opens offline')
        .option('--json', 'print the JSON on stdout, and nothing else there')
        .addHelpText('after', EXAMPLES)
        .action((flags) => runTune(flags, context));
}
async function runTune(flags, context) {
    const sample = await sampleFor(flags);
    await assertWritable(flags.output);
    await assertWritable(flags.report);
    await assertWritable(flags.out);
    const tell = (text) => void (flags.json ? undefined : process.stdout.write(`${text}\n`));
    const progress = startProgress('seconds', flags.exhaustive ? 600 : 75);
    let report;
    try {
        report = await withUrl(flags, (url) => tune({
            url,
            sample,
            objective: oneOf('--objective', flags.objective, OBJECTIVES),
            readsPerSecond: flags.reads,
            writesPerSecond: flags.writes,
            rttMs: flags.rtt,
            pace: flags.pace,
            exhaustive: flags.exhaustive,
            command: context.commandLine,
            signal: context.signal,
            onOpen: ({ environment }) => tell(renderEnvironment(environment)),
            onProgress: ({ seconds, passes }) => progress.update(Math.floor(seconds), `${passes} passes`),
        }));
    }
    finally {
        progress.stop();
    }
    const { tuning } = report;
    if (!tuning)
        throw new Error('a tuning without a recommendation');
    await writeText(flags.out, `${JSON.stringify({ ...tuning.config, tuning: evidenceOf(report, tuning) }, null, 2)}\n`);
    await writeResults(report, flags);
    tell(renderTuning(tuning, flags.out));
}
async function sampleFor(flags) {
    if ((flags.sample === undefined) === (flags.sampleRedis === undefined)) {
        throw new OffloopError('ERR_OPTION', 'tune needs either --sample or --sample-redis');
    }
    if (flags.sample !== undefined)
        return loadSample(flags.sample);
    return withUrl({ ...((flags.sampleUrl ?? flags.url) ? { url: flags.sampleUrl ?? flags.url ?? '' } : {}) }, (url) => sampleRedis({ url, pattern: flags.sampleRedis ?? '' }));
}
/** What stands in the config file beside the options: enough to see why, not every figure. */
function evidenceOf({ environment, command }, tuning) {
    const told = (trial) => {
        if (!trial)
            return undefined;
        const { mean, min, max } = trial.score;
        return { label: trial.label, score: { mean, min, max } };
    };
    return {
        objective: tuning.objective,
        score: tuning.scoreLabel,
        load: tuning.load,
        sample: tuning.sample,
        choice: told(tuning.choice),
        runnerUp: told(tuning.runnerUp),
        defaults: told(tuning.defaults),
        costs: tuning.costs,
        tried: tuning.trials.length,
        measured: {
            date: environment.date,
            node: environment.node,
            server: environment.server,
            cores: environment.cores,
        },
        command,
    };
}
function renderTuning(tuning, file) {
    const line = (name, trial) => {
        if (!trial)
            return [];
        const { mean, min, max } = trial.score;
        const [middle, low, high] = [mean, min, max].map((value) => Number(value.toPrecision(3)).toLocaleString('en-US'));
        return [`  ${name.padEnd(10)} ${middle} (${low} to ${high})  ${trial.label}`];
    };
    return [
        `\n${tuning.scoreLabel} (${tuning.better} is better), ${tuning.trials.length} combinations in ${tuning.seconds.toFixed(0)} s:`,
        ...line('choice', tuning.choice),
        ...line('runner-up', tuning.runnerUp),
        ...line('defaults', tuning.defaults),
        ...tuning.costs.map((cost) => `  ${cost}.`),
        `\nWritten to ${file}; load it with RedisBackend.fromConfig.`,
    ].join('\n');
}
