import { poolFamily } from './charts.js';
/** Work that was measured with pools of several sizes and with all else the same. */
export function poolRuns({ results, tuning }) {
    const runs = [...results.flatMap(runsOfTable), ...(tuning ? runsOfTuning(tuning) : [])];
    return runs.filter(({ steps }) => steps.length > 1);
}
function runsOfTable({ title, rows }) {
    const families = [...new Set(rows.map(poolFamily))].filter((family) => family !== undefined);
    return families.map((family) => ({
        what: family === '' ? title : `${title}, ${family}`,
        steps: rows.flatMap((row) => {
            const threads = poolFamily(row) === family ? row.variant?.threads : undefined;
            return threads === undefined || row.failure !== undefined ? [] : [{ threads, figures: row.figures }];
        }),
    }));
}
/** Of the codec and compression that were chosen: all trials of the pool with that inline limit. */
function runsOfTuning({ choice, trials }) {
    const { codec, compression, inlineLimitBytes } = choice.candidate;
    const alike = trials.filter(({ candidate, stage }) => stage >= Math.min(3, choice.stage) &&
        candidate.codec === codec &&
        candidate.compression === compression &&
        candidate.inlineLimitBytes === inlineLimitBytes);
    const tasks = [...new Set(alike.map(({ candidate }) => candidate.tasksPerThread))].sort((left, right) => left - right);
    return tasks.map((count) => ({
        what: `${count} tasks a thread`,
        steps: alike.filter(({ candidate }) => candidate.tasksPerThread === count).map(stepOf),
    }));
}
function stepOf({ candidate, figures }) {
    return { threads: candidate.threads, figures };
}
