import { ReadableStream } from 'node:stream/web';
import type { Selection } from '../codec/value-part.js';
import type { View } from '../offload/views.js';
import type { BulkMap } from './bulk-lane.js';
import type { Call } from './call.js';
import type { CodecLoading } from './codec-loading.js';
import type { Opened, OpenedReader } from './opened-reader.js';
import type { Operations } from './operations.js';
import type { RetrySettings } from './retry.js';
/** The operations of handles: what can be asked of a value that was opened. Keys are physical here. */
export declare class Handles {
    #private;
    constructor(operations: Operations, reader: OpenedReader, loading: CodecLoading);
    /** What a call on a handle has unless it says otherwise. */
    get retry(): RetrySettings;
    /** Undefined where there is no such value, or none that can be read. */
    open(key: string, call: Call | undefined): Promise<Opened | undefined>;
    value(opened: Opened, call: Call | undefined): Promise<unknown>;
    /** A string for `text`, a Buffer that belongs to the caller for the others. */
    view(opened: Opened, view: View, call: Call | undefined): Promise<unknown>;
    /** What is at a path, or the elements of that in a range. */
    part(opened: Opened, selection: Selection, call: Call | undefined): Promise<unknown>;
    /** The bytes as they come. Each chunk has the time of one operation. */
    stream(opened: Opened, call: Call | undefined): ReadableStream<Uint8Array>;
    /** What a function of the user's returns for a value; undefined where there is none. */
    map(mapped: Omit<BulkMap, 'bytes'>, call: Call | undefined): Promise<unknown>;
}
