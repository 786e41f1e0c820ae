/**
 * A way to a server that is farther off: what passes either way comes half a round trip later. In a thread of its own, so that
 * it takes nothing of the event loop that is measured.
 */
export declare class DelayProxy {
    #private;
    /** The URL with this proxy's address in place of the server's. */
    readonly url: string;
    private constructor();
    /** Opens it before a `redis://` URL; `rttMs` is added to each round trip. */
    static open(url: string, rttMs: number): Promise<DelayProxy>;
    close(): Promise<void>;
}
