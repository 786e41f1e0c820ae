import type { CompressionSettings } from '../codec/compression.js';
import type { CodecRegistry } from '../codec/registry.js';
import type { KeyRing } from '../frame/key-ring.js';
import type { LearnedPlan } from '../offload/learned-plan.js';
import type { Offload } from '../offload/plan.js';
/** What the way of a value depends on. */
export interface ValueSettings {
    readonly codec: string;
    readonly registry: CodecRegistry;
    readonly compression: CompressionSettings | undefined;
    readonly offload: {
        readonly encode: Offload;
        readonly decode: Offload;
    };
    readonly inlineLimitBytes: number;
    readonly maxValueBytes: number;
    /** The most milliseconds of one turn of the event loop that large values may take, all together. */
    readonly sliceMs: number;
    /** Whether the young generation is collected bit by bit while a large value is decoded. */
    readonly collectYoung: boolean;
    readonly onCorrupt: 'miss' | 'throw';
    readonly plan: LearnedPlan;
    /** The keys that values are sealed by; undefined where they are not. */
    readonly ring: KeyRing | undefined;
}
