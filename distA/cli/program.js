import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { OffloopError } from '../errors.js';
import { addBench } from './bench-command.js';
import { addClear } from './clear-command.js';
import { addDoctor } from './doctor-command.js';
import { addInspect } from './inspect-command.js';
import { addTune } from './tune-command.js';
/** Ctrl-C, or SIGTERM. */
export class Interrupted extends Error {
    /** As a shell has it: 128 and the number of the signal. */
    exitCode;
    constructor(signal) {
        super(signal);
        this.exitCode = signal === 'SIGINT' ? 130 : 143;
    }
}
const COMMANDS = [addBench, addTune, addInspect, addClear, addDoctor];
/** The commands with their flags. */
export function createProgram(context) {
    const program = new Command('offloop')
        .description('Measure, tune, look into and look after a cache of large values in Redis.')
        .version(version())
        .showSuggestionAfterError()
        .exitOverride()
        // Told once, by the one place that tells failures.
        .configureOutput({ writeErr: () => undefined });
    for (const add of COMMANDS)
        add(program, context);
    for (const command of program.commands)
        command.exitOverride().configureOutput({ writeErr: () => undefined });
    return program;
}
/** Runs the command line; answers the exit code, or rejects with what went wrong. */
export async function runProgram(args, signal) {
    let code = 0;
    const program = createProgram({
        signal,
        commandLine: ['offloop', ...args.map(quoted)].join(' '),
        end: (given) => {
            code = given;
        },
    });
    if (args.length === 0) {
        process.stdout.write(program.helpInformation());
        return 2;
    }
    try {
        await program.parseAsync([...args], { from: 'user' });
    }
    catch (error) {
        if (!(error instanceof CommanderError))
            throw error;
        if (error.exitCode === 0)
            return 0;
        throw new OffloopError('ERR_OPTION', `${error.message.replace(/^error: /, '')}; see offloop --help`);
    }
    return code;
}
function version() {
    const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
    const { version: found } = JSON.parse(text);
    return found ?? 'unknown';
}
/** As a shell takes it back. */
function quoted(argument) {
    const hidden = argument.replace(/(:\/\/[^/@]*):[^/]+@/, '$1:****@');
    return /^[\w@%+=:,./-]+$/.test(hidden) ? hidden : `'${hidden.replaceAll("'", `'\\''`)}'`;
}
