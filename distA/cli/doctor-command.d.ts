import type { Command } from 'commander';
import type { CommandContext } from './program.js';
/** `offloop doctor`: whether a server is set up for a cache of large values. */
export declare function addDoctor(program: Command, context: CommandContext): void;
