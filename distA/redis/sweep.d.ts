import type { CommandLane } from './command-lane.js';
import type { Operations } from './operations.js';
/** What is removed and what is spared; keys are physical. */
export interface SweptKeys {
    readonly prefix: string;
    readonly spared: () => Promise<string>;
}
/**
 * Removes the keys of a prefix but for those of a longer one, in steps, each an operation of its own: other calls on the
 * same keys do not wait for it, nor does anybody for its end.
 */
export declare class KeySweep {
    #private;
    removed: number;
    constructor(operations: Operations, commands: CommandLane, keys: SweptKeys);
    /** Does one step. Resolves to whether there is more to do. Rejects as any operation does; another step then goes on. */
    step(): Promise<boolean>;
}
