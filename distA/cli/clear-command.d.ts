import type { Command } from 'commander';
import type { CommandContext } from './program.js';
/** `offloop clear`: the keys under a prefix. */
export declare function addClear(program: Command, context: CommandContext): void;
