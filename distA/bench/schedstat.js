import { closeSync, openSync, readSync } from 'node:fs';
/** Opens it where the kernel keeps one: Linux with CONFIG_SCHED_INFO. */
export function openSchedstat() {
    if (process.platform !== 'linux')
        return undefined;
    let descriptor;
    try {
        // The main thread's id is the process's; a path with /proc/self/ alone would add up all threads.
        descriptor = openSync(`/proc/self/task/${process.pid}/schedstat`, 'r');
    }
    catch {
        // A kernel that keeps none has no such file.
        return undefined;
    }
    const buffer = Buffer.alloc(96);
    const field = (index) => {
        const length = readSync(descriptor, buffer, 0, buffer.length, 0);
        return Number(buffer.toString('latin1', 0, length).split(' ')[index]) / 1e6;
    };
    return { cpuMs: () => field(0), waitedMs: () => field(1), close: () => closeSync(descriptor) };
}
