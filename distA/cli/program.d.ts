import { Command } from 'commander';
/** Ctrl-C, or SIGTERM. */
export declare class Interrupted extends Error {
    /** As a shell has it: 128 and the number of the signal. */
    readonly exitCode: 130 | 143;
    constructor(signal: 'SIGINT' | 'SIGTERM');
}
/** What a command is handed beside its own flags. */
export interface CommandContext {
    /** Fires on Ctrl-C and SIGTERM: the command ends cleanly, by rejecting with its reason. */
    readonly signal: AbortSignal;
    /** The command line, for a report that says how to repeat it; passwords are masked. */
    readonly commandLine: string;
    /** Sets how the program ends, where it does not fail. */
    end(code: number): void;
}
/** Adds a command to the program. Each is a file of its own, named after it. */
export type AddCommand = (program: Command, context: CommandContext) => void;
/** The commands with their flags. */
export declare function createProgram(context: CommandContext): Command;
/** Runs the command line; answers the exit code, or rejects with what went wrong. */
export declare function runProgram(args: readonly string[], signal: AbortSignal): Promise<number>;
