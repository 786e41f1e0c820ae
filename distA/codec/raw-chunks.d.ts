import { type SegmentedPayload } from './segments.js';
/** The raw payload of one Buffer whose bytes come in chunks of any size. Each byte is copied once. */
export declare class RawChunks {
    #private;
    /** Bytes so far, head included. */
    get bytes(): number;
    add(chunk: Uint8Array): void;
    /** All of it. Nobody else holds it. */
    take(): SegmentedPayload;
}
