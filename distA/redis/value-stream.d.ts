import type { ReadableStreamDefaultController, UnderlyingSource } from 'node:stream/web';
import type { FirstSegments, Payload } from '../offload/tasks.js';
import { type SegmentRange } from './segment-ranges.js';
/** Where a stream gets its bytes. */
export interface StreamSource {
    first(rawBytes: number): Promise<Pick<Payload, 'kind' | 'payload' | 'codec'> | FirstSegments>;
    range(range: SegmentRange): Promise<Payload>;
}
/** The bytes of a value as they come. Nothing is asked for before something is read, and then one chunk ahead of it. */
export declare class ValueStream implements UnderlyingSource<Uint8Array> {
    #private;
    constructor(source: StreamSource, { collects }: {
        readonly collects: boolean;
    });
    pull(controller: ReadableStreamDefaultController<Uint8Array>): Promise<void>;
    cancel(): void;
}
