import { type Summary } from './statistics.js';
/** An encoded value, up to bytes that could be handed to another thread. */
interface Encoded {
    readonly pieces: readonly Uint8Array[];
    /** Bytes of each segment. */
    readonly lengths: Uint32Array;
}
/** The same as it comes back. */
interface Received {
    readonly bytes: Uint8Array;
    readonly lengths: Uint32Array;
}
/** Anything that makes bytes of a value and a value of bytes. */
export interface Serializer {
    readonly name: string;
    /** May answer with views of what its next call writes to. */
    encode(value: unknown): Encoded;
    /** Takes the memory back, where it uses it again. @default nothing */
    release?(encoded: Encoded): void;
    decode(received: Received): unknown;
}
/** What a serializer makes of a value, in memory that stays. */
export declare function received(serializer: Serializer, value: unknown): Received;
/** Encodes a value, and is done with the bytes. */
export declare function encodeOnce(serializer: Serializer, value: unknown): void;
/** The bytes after gzip, piece by piece as a backend compresses them. */
export declare function gzippedBytes({ bytes, lengths }: Received): number;
/** What a serializer takes on the main thread, alone; medians with the fastest and the slowest run. */
export type CodecSpeed = {
    readonly encodeMs: Summary;
    readonly decodeMs: Summary;
} | {
    readonly failure: string;
};
/** Encodes and decodes one value with each serializer, by tinybench. What refuses the value says so. */
export declare function measureCodecs(serializers: readonly Serializer[], { value, timeMs }: {
    readonly value: unknown;
    readonly timeMs: number;
}): Promise<Map<string, CodecSpeed>>;
export {};
