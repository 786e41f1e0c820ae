import { type Beats } from './metronome.js';
/** What the parent asks for: requests to this URL, by the clock. */
export interface GeneratorTask extends Beats {
    readonly url: string;
    /** Requests due in the first milliseconds are sent and not counted: they open connections. */
    readonly leadMs: number;
    /** An answer with fewer bytes is an error. */
    readonly leastBytes: number;
}
export interface GeneratorAnswer {
    /** From when each request was due to its answer's last byte, ascending. */
    readonly latenciesMs: Float64Array;
    /** From when each was due to when it was sent, ascending: what this process, not the service, was late by. */
    readonly lateMs: Float64Array;
    readonly errors: number;
}
