import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { OffloopError } from '../errors.js';
import { addBench } from './bench-command.js';
import { addClear } from './clear-command.js';
import { addDoctor } from './doctor-command.js';
import { addInspect } from './inspect-command.js';
import { addTune } from './tune-command.js';

/** Ctrl-C, SIGTERM, or a reader of stdout that has gone. */
export class Interrupted extends Error {
  /** As a shell has it: 128 and the number of the signal. */
  readonly exitCode: 130 | 141 | 143;

  constructor(signal: 'SIGINT' | 'SIGTERM' | 'SIGPIPE') {
    super(signal);
    this.exitCode = ({ SIGINT: 130, SIGPIPE: 141, SIGTERM: 143 } as const)[signal];
  }
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

const COMMANDS: readonly AddCommand[] = [addBench, addTune, addInspect, addClear, addDoctor];

/** The commands with their flags. */
export function createProgram(context: CommandContext): Command {
  const program = new Command('offloop')
    .description('Measure, tune, look into and look after a cache of large values in Redis.')
    .version(version())
    .showSuggestionAfterError()
    .exitOverride()
    // Told once, by the one place that tells failures.
    .configureOutput({ writeErr: () => undefined });
  for (const add of COMMANDS) add(program, context);
  for (const command of program.commands)
    command.exitOverride().configureOutput({ writeErr: () => undefined });
  return program;
}

/** Runs the command line; answers the exit code, or rejects with what went wrong. */
export async function runProgram(args: readonly string[], signal: AbortSignal): Promise<number> {
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
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return 0;
    throw new OffloopError('ERR_OPTION', `${error.message.replace(/^error: /, '')}; see offloop --help`);
  }
  return code;
}

function version(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  const { version: found }: { version?: string } = JSON.parse(text);
  return found ?? 'unknown';
}

/** As a shell takes it back. */
function quoted(argument: string): string {
  const hidden = argument.replace(/(:\/\/[^/@]*):[^/]+@/, '$1:****@');
  return /^[\w@%+=:,./-]+$/.test(hidden) ? hidden : `'${hidden.replaceAll("'", `'\\''`)}'`;
}
