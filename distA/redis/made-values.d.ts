import type { Made, MakeTask } from '../offload/tasks.js';
import type { BulkLane } from './bulk-lane.js';
import type { ValueSettings } from './value-settings.js';
/** A function of the user's that makes a value. */
export type Maker = Pick<MakeTask, 'module' | 'exportName' | 'args'>;
/** A value that a worker made, as an object and as its bytes. */
export interface MadeValue {
    readonly value: unknown;
    readonly encoded: Made;
}
/** Values that workers make: main does no more of them than to decode, in slices. */
export declare class MadeValues {
    #private;
    constructor(settings: ValueSettings, bulk: BulkLane);
    /**
     * Has a worker make a value, however long that takes; undefined where it makes none. It is no operation: nothing on a key waits for
     * it. What has begun when the signal fires goes on in the worker, and is thrown away.
     */
    make(maker: Maker, signal: AbortSignal): Promise<MadeValue | undefined>;
}
