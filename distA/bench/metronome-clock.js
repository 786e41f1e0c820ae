/** Milliseconds by a clock that all threads of this process share; that of `performance` begins with each thread. */
export function clockMs() {
    return Number(process.hrtime.bigint()) / 1e6;
}
