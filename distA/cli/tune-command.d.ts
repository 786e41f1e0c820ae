import type { Command } from 'commander';
import type { CommandContext } from './program.js';
/** `offloop tune`: the settings that serve a sample best, as a config file. */
export declare function addTune(program: Command, context: CommandContext): void;
