import type { Serializer } from './codec-speed.js';
/**
 * One of Offloop's codecs, by its name; of `auto` the one that it takes for this value. As a set and a get use it: in segments,
 * whose memory comes back once they are stored.
 */
export declare function codecSerializer(name: string, value: unknown): Serializer;
/** One that gives bytes all in one, of which a backend cuts pieces. */
export declare function wholeSerializer(name: string, { encode, decode, }: {
    readonly encode: (value: unknown) => Uint8Array;
    readonly decode: (bytes: Uint8Array) => unknown;
}): Serializer;
/** JSON text in UTF-8. */
export declare function jsonSerializer(name: string): Serializer;
