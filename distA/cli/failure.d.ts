/** How the program ends, where no signal ends it. */
export declare const EXIT: {
    readonly ok: 0;
    /** A threshold was passed, or the doctor found a problem. */
    readonly finding: 1;
    /** An option, an argument, a file or a sample cannot be used. */
    readonly usage: 2;
    /** Redis cannot be reached, or refuses us. */
    readonly redis: 3;
    /** Something that should not happen. */
    readonly internal: 70;
};
/** Tells what went wrong in one line on stderr, and answers the exit code. No stack trace, and no password of the command line. */
export declare function reportFailure(error: unknown, args: readonly string[]): number;
