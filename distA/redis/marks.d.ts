import type { KeyRing } from '../frame/key-ring.js';
import type { CommandLane } from './command-lane.js';
import type { Operations } from './operations.js';
import type { Reads } from './reads.js';
import { KeySweep, type SweptKeys } from './sweep.js';
/** What marks are made of. */
export interface MarksParts {
    readonly commands: CommandLane;
    readonly reads: Reads;
    readonly ring: KeyRing | undefined;
}
/** Marks by the keys of a backend. */
export interface MarksUnder {
    read(key: string): Promise<string | undefined>;
    claim(key: string, ttlMs: number | undefined): Promise<string>;
    drop(key: string): Promise<void>;
    sweep(keys: SweptKeys): KeySweep;
}
/** An id that no mark has had: 96 random bits. */
export declare function newMarkId(): string;
/**
 * Small keys that hold a random id, which stands for all that was stored under it. They lie among the values, in frames as those
 * do, and are read from masters alone. Keys are physical here.
 */
export declare class Marks {
    #private;
    constructor(operations: Operations, { commands, reads, ring }: MarksParts);
    /** The same by keys of which `physical` makes the whole ones. */
    under(physical: (key: string) => string): MarksUnder;
}
