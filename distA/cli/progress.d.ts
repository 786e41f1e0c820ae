/** What a long command shows on stderr: a bar on a terminal, lines elsewhere. */
export interface Progress {
    update(done: number, note: string): void;
    stop(): void;
}
/** Starts it. `total` is what `done` counts up to. */
export declare function startProgress(label: string, total: number): Progress;
