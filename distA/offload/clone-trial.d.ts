import type { Codec } from '../codec/codec.js';
/** Elements that are tried. */
export declare const SAMPLE = 64;
/** What cloning a list to a worker saves. */
export interface CloneTrial {
    /** How many times as long encoding takes. */
    readonly gain: number;
    /** Bytes of one element once it is encoded. */
    readonly elementBytes: number;
}
/**
 * Encodes and clones the first elements of a list, which takes well under a millisecond each. Without a gain where one of the
 * two refuses them, which the whole list is then told of.
 */
export declare function tryCloning(codec: Codec, list: readonly unknown[]): CloneTrial;
