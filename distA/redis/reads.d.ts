import type { Call } from './call.js';
import type { CodecLoading } from './codec-loading.js';
import type { Found, Part } from './large-reader.js';
import type { Operations } from './operations.js';
import type { Replicas } from './replicas.js';
import type { NoteWish, ValueReader } from './value-reader.js';
/** What reads values. */
export interface ReadsParts {
    readonly reader: ValueReader;
    readonly replicas: {
        readonly routes: Replicas;
        readonly reader: ValueReader;
    } | undefined;
    readonly loading: CodecLoading;
}
/** The operations that read values. Keys are physical here. */
export declare class Reads {
    #private;
    constructor(operations: Operations, { reader, replicas, loading }: ReadsParts);
    get(key: string, call?: Call): Promise<unknown>;
    /** A value with its note; undefined where there is none, or none with a note that is wanted. */
    getNoted(key: string, wish: NoteWish, call?: Call): Promise<Found | undefined>;
    /** What is at a path of a value, or the elements of that in a range. */
    getPart(part: Part, call?: Call): Promise<unknown>;
}
