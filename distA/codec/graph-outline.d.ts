import { type OpenContainer } from './graph-open.js';
/**
 * Writes where in the value each segment begins, so that a part can be found without the segments before it. The
 * format is in docs/frame.md: for each segment the containers that are open where it begins, as far as they differ from the
 * segment before, then fingerprints of the dictionary keys that it holds.
 */
export declare class GraphOutline {
    #private;
    /** The next segment begins: what is open, the outermost first. */
    open(stack: readonly OpenContainer[]): void;
    /** A container of the stack has ended within the segment. */
    ended(open: OpenContainer, level: number): void;
    /** The segment ends: what it leaves open, the outermost first. */
    close(left: readonly OpenContainer[]): void;
    take(): Buffer;
}
/** A number that grows as a container is written: it is before its element at `index`, or inside of it. */
export declare function progressOf(index: number, inside: boolean): number;
/** 16 bits of FNV-1a over the UTF-16 units of a key. */
export declare function fingerprint(key: string): number;
