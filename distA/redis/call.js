/** A call that has nothing of its own but a signal. */
export function callWith(signal) {
    return signal && { signal, timeoutMs: undefined, retry: undefined };
}
