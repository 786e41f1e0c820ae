import type { Codec } from '../codec/codec.js';
import type { PlanStats } from '../stats.js';
import { type KnownLarge } from './known-large.js';
import { type Shape } from './shape.js';
/**
 * What `auto` has measured in this process, and what it decides by that. Each decision has two bounds, so that it does not
 * waver; what it holds is bounded: a record for each of seven shapes, and 4,096 keys. A plan that is fixed measures
 * nothing and decides by the options alone.
 */
export declare class LearnedPlan {
    #private;
    constructor({ learns, inlineLimitBytes }: {
        readonly learns: boolean;
        readonly inlineLimitBytes: number;
    });
    /** Payloads up to this many bytes are compressed on main. */
    get compressInlineBytes(): number;
    /** Payloads of up to this many raw bytes are decompressed on main. */
    get inflateInlineBytes(): number;
    /** Payloads up to this many bytes are sent without a worker: more of them while there is a queue for workers. */
    get inlineLimitBytes(): number;
    /** What is known of a key whose value was large: it needs no first look. */
    knownLarge(key: string): KnownLarge | undefined;
    /**
     * Whether a list is sent to a worker as it is, to be encoded there. Only with a codec that takes values whole, and holds the event
     * loop for as long as that takes; what cloning costs beside it is measured on the first elements, now and then.
     */
    sendsGraph(codec: Codec, value: unknown, shape: Shape): boolean;
    /** Whether compression is tried on a value of a shape: not always where it has not helped for a while. */
    compresses(shape: Shape): boolean;
    /** A value was read or written, and its frame has so many bytes. */
    sawValue(key: string, frameBytes: number, whole: boolean): void;
    /** A value was encoded on main in one go. */
    encoded(shape: Shape, bytes: number, ms: number): void;
    /** Main has compressed that many bytes. */
    compressed(bytes: number, ms: number): void;
    /** Main has decompressed to that many bytes. */
    inflated(rawBytes: number, ms: number): void;
    /** A value that was to be compressed was stored. */
    stored(shape: Shape, saved: boolean): void;
    /** A task waited for a worker, which then took its time. */
    moved({ queueMs, bytes, ms, }: {
        readonly queueMs: number;
        readonly bytes: number;
        readonly ms: number;
    }): void;
    /** What it has come to. */
    stats(): PlanStats;
}
