import { performance } from 'node:perf_hooks';
import { QUICK } from '../bench.js';
import { DelayProxy } from '../delay-proxy.js';
import { closePeers, openPeers } from '../peers/registry.js';
import { REPORT_FORMAT } from '../report-data.js';
import { runGetSet } from '../scenario-get-set.js';
import { withSession } from '../session.js';
import { configOf, variantOf } from './candidates.js';
import { costsOf } from './costs.js';
import { OBJECTIVES } from './objective.js';
import { search } from './search.js';
import { sizesOf } from './sizes.js';
import { resolveTune } from './tune-settings.js';
/**
 * Finds the codec, compression, inline limit and pool that serve a sample best under a load, on this machine and a real Redis, in
 * about a minute. The report's `tuning.config` is what `RedisBackend.fromConfig` reads. Rejects with `ERR_OPTION` for what it
 * cannot follow, `ERR_CONNECTION`, `ERR_AUTH` and the like where Redis cannot be used, and with the signal's reason.
 */
export async function tune(options) {
    const settings = resolveTune(options);
    const start = performance.now();
    let passes = 0;
    const onPass = () => {
        passes += 1;
        options.onProgress?.({ passes, seconds: (performance.now() - start) / 1_000 });
    };
    return withSession({
        url: options.url,
        scale: QUICK,
        peers: [],
        signal: options.signal,
        ...(options.onOpen && { onOpen: options.onOpen }),
        onPass,
    }, async ({ bench, environment, results }) => {
        const proxy = settings.load.rttMs > 0 ? await DelayProxy.open(options.url, settings.load.rttMs) : undefined;
        try {
            const own = { ...bench, url: proxy?.url ?? bench.url };
            const found = await search({
                ground: { ...own, ...settings, objective: OBJECTIVES[settings.objective], onPass },
                cores: environment.cores,
                codecs: settings.codecs,
                compressions: settings.compressions,
                pace: settings.pace,
                exhaustive: settings.exhaustive,
            });
            const skipped = settings.bySize ? await measureBySize(own, { settings, found }) : [];
            return {
                format: REPORT_FORMAT,
                kind: 'tune',
                ...(options.command !== undefined && { command: options.command }),
                environment,
                settings: { objective: settings.objective, pace: settings.pace, ...settings.load },
                skipped,
                results: withChoice(results, found),
                tuning: tuningOf({ options, settings, found, seconds: (performance.now() - start) / 1_000 }),
            };
        }
        finally {
            await proxy?.close();
        }
    });
}
/** The choice, the defaults and ioredis with JSON at several sizes: what the search itself does not show. */
async function measureBySize(bench, { settings, found }) {
    const { peers, skipped } = await openPeers(['offloop', 'ioredis-json'], { url: bench.url, prefix: bench.prefix }, [variantOf(found.choice.candidate)]);
    try {
        await runGetSet({ ...bench, peers, values: sizesOf(settings.values) }, ['set', 'get']);
    }
    finally {
        await closePeers(peers);
    }
    return skipped;
}
/** The choice is what a report of a tuning is about; where it is the default, that row is as good. */
function withChoice(results, { choice }) {
    const codec = variantOf(choice.candidate).codec;
    return results.map((result) => {
        const row = result.rows.find(({ variant }) => variant?.codec === codec);
        return row ? { ...result, ours: row.peer } : result;
    });
}
function tuningOf({ options, settings, found, seconds }) {
    const { label, better } = OBJECTIVES[settings.objective];
    const sizes = options.sample.values.map(({ bytes }) => bytes).sort((left, right) => left - right);
    const at = (share) => sizes[Math.round(share * (sizes.length - 1))] ?? 0;
    return {
        objective: settings.objective,
        scoreLabel: label,
        better,
        load: settings.load,
        sample: {
            source: options.sample.source,
            values: sizes.length,
            bytes: sizes.reduce((sum, size) => sum + size, 0),
            smallest: at(0),
            median: at(0.5),
            largest: at(1),
        },
        choice: found.choice,
        ...(found.runnerUp && { runnerUp: found.runnerUp }),
        defaults: found.defaults,
        trials: found.trials,
        costs: costsOf(found, settings.load),
        config: configOf(found.choice.candidate),
        seconds,
        exhaustive: settings.exhaustive,
    };
}
