import { OffloopError } from '../errors.js';
import { type FrameHeader } from '../frame/frame.js';
import type { ReadPlan } from '../offload/plan.js';
import type { Counters } from '../stats.js';
import type { Found } from './large-reader.js';
import type { ValueSettings } from './value-settings.js';
/** What comes of reads: counts them, and tells of what could not be read. */
export declare class ReadReport {
    #private;
    constructor(settings: Pick<ValueSettings, 'maxValueBytes' | 'onCorrupt'>, counters: Counters, onUnreadable: (key: string, error: OffloopError) => void);
    missed(): undefined;
    /** A call that asked for a value has found it. */
    hit(): void;
    /** Something was read of a value; the answer is the value. */
    read(plan: ReadPlan, { value, storedBytes }: Found): unknown;
    /** What could not be read is a miss where that was asked for; anything else is thrown again. */
    unreadable(key: string, error: unknown): undefined;
    /** As {@link unreadable}, of a value that is known to be there: it cannot be a miss any more. */
    unreadablePart(key: string, error: unknown): never;
    /** Throws `ERR_VALUE_TOO_LARGE` where a frame claims more than may be. */
    checkSize(header: FrameHeader): void;
}
