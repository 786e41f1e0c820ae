import type { Codec } from './codec.js';
/** What codecs of this payload do, without batches or with them. */
export declare function graphMethods(hasBatches: boolean): Required<Pick<Codec, 'encode' | 'decode' | 'segmentEncoder' | 'segmentDecoder'>>;
/**
 * Offloop's own codec for object graphs, exact for all of JavaScript's plain data. It checks what it cannot keep in
 * the same walk that writes, gathers strings in bundles, and describes each set of keys once. On main it takes about
 * a third of what `JSON.stringify` and `JSON.parse` take for lists of records on Node 20 (figures: docs/codecs.md),
 * and needs no native part.
 */
export declare const graphCodec: Codec;
