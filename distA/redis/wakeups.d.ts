import type { ConnectionSettings } from './settings.js';
/**
 * Who listens on a channel. It is due from the moment that the channel is subscribed to, since what was told before went by
 * unheard, and whenever something is told there.
 */
export declare class Wakeup {
    #private;
    constructor(leave: (wakeup: Wakeup) => void);
    /** Resolves when it is due, when the signal fires, or after the given time in ms. */
    next(limitMs: number, signal: AbortSignal | undefined): Promise<void>;
    wake(): void;
    /** Stops listening. */
    close(): void;
}
/**
 * What is told on channels, over a connection of its own that is made when somebody first listens. While it is lost nothing is
 * told: whoever waits does so for a limited time.
 */
export declare class Wakeups {
    #private;
    constructor(settings: ConnectionSettings);
    listen(name: string): Wakeup;
    close(): void;
}
