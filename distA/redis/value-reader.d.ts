import { type NoteSpan } from '../frame/note.js';
import type { CommandLane } from './command-lane.js';
import type { LargeReader, Part } from './large-reader.js';
import type { Operation } from './operation.js';
import type { ReadReport } from './read-report.js';
import type { ValueSettings } from './value-settings.js';
/** What is asked of a value's note. */
export interface NoteWish {
    /**
     * Asked before the rest of a large value is fetched, where the note is known by then: whether the value is wanted. If not
     * it is a miss. What comes may still be another value, whose note is to be looked at.
     */
    accept?: ((note: NoteSpan | undefined) => boolean | Promise<boolean>) | undefined;
}
/** What readers are made of. */
export interface ReadingParts {
    readonly commands: CommandLane;
    readonly large: LargeReader;
    readonly report: ReadReport;
}
/** The way of a value from Redis to the caller. */
export declare class ValueReader {
    #private;
    constructor(settings: ValueSettings, { commands, large, report }: ReadingParts);
    /**
     * The value, or undefined where there is none, or none that can be read. With a wish for its note it comes as
     * {@link Found}.
     */
    read(operation: Operation, key: string, wish?: NoteWish): Promise<unknown>;
    /** A part of a value, or undefined where there is none, or none that can be read. */
    readPart(operation: Operation, part: Part): Promise<unknown>;
}
