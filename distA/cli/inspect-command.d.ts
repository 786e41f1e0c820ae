import type { Command } from 'commander';
import type { CommandContext } from './program.js';
/** `offloop inspect`: what is stored under a key, without its content unless that is asked for. */
export declare function addInspect(program: Command, _: CommandContext): void;
