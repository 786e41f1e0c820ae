import type { CompressionAlgorithm } from '../../codec/compression.js';
import type { Variant } from '../peers/peer.js';
import type { Candidate } from './tuning.js';
/** What may be chosen for one pair of codec and compression. */
export interface Axes {
    readonly inlineLimits: readonly number[];
    readonly threads: readonly number[];
    readonly tasksPerThread: readonly number[];
}
/** Where several do equally well, the one that differs least from this is recommended: it needs no explanation. */
export declare function defaultCandidate(cores: number): Candidate;
/** Codecs in the order in which they are preferred where nothing else decides. */
export declare const CODECS: readonly string[];
/** The same for compressions. */
export declare const COMPRESSIONS: readonly ('none' | CompressionAlgorithm)[];
/**
 * What can matter for values whose stored sizes are these: where none goes by a worker, the pool does not; and where all are
 * on one side of every limit, only whether that is asked for before the value is fetched.
 */
export declare function axesFor(storedBytes: readonly number[], cores: number): Axes;
/** 1, 2, 4, … and as many as there are cores, up to 16. */
export declare function threadCounts(cores: number): number[];
/** All combinations. */
export declare function gridOf(pairs: readonly Pick<Candidate, 'codec' | 'compression'>[], axes: Axes): Candidate[];
/** How far a candidate is from the defaults: 0 is the default itself. Codec and compression weigh more than the rest. */
export declare function distanceOf(candidate: Candidate, base: Candidate): number;
/** One text for equal candidates. */
export declare function idOf(candidate: Candidate): string;
/** A candidate as a reader would say it. */
export declare function labelOf(candidate: Candidate): string;
/** A candidate as settings of the backend that is measured. */
export declare function variantOf(candidate: Candidate): Variant;
/** A candidate as a config file has it. */
export declare function configOf(candidate: Candidate): Record<string, unknown>;
