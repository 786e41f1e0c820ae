import { Presets, SingleBar } from 'cli-progress';
/** Lines come no more often than this. */
const LINE_MS = 5_000;
/** Starts it. `total` is what `done` counts up to. */
export function startProgress(label, total) {
    if (!process.stderr.isTTY)
        return lines(label, total);
    const bar = new SingleBar({
        format: `${label} {bar} {value}/{total} {note}`,
        stream: process.stderr,
        clearOnComplete: true,
        hideCursor: true,
    }, Presets.shades_classic);
    bar.start(total, 0, { note: '' });
    // The cursor is hidden meanwhile: however the process ends, it gives it back.
    const stop = () => {
        process.off('exit', stop);
        bar.stop();
    };
    process.on('exit', stop);
    return { update: (done, note) => bar.update(done, { note }), stop };
}
function lines(label, total) {
    let lastMs = 0;
    let lastDone = -1;
    return {
        update: (done, note) => {
            const now = Date.now();
            if (done === lastDone && now - lastMs < LINE_MS)
                return;
            lastMs = now;
            lastDone = done;
            process.stderr.write(`${label}: ${done} of ${total}${note === '' ? '' : `, ${note}`}\n`);
        },
        stop: () => undefined,
    };
}
