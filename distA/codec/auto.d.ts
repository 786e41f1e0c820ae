import type { Codec } from './codec.js';
/**
 * The codec that `auto` takes for a value: strings and binary data need none. What is a list of records, or holds one
 * near its top, is stored by columns, as are numbers and short lists of them; for all else `graph` was the fastest or near
 * it on every corpus measured, both ways and on every Node (docs/codecs.md). Of the value some hundreds of fields are looked
 * at, at most.
 */
export declare function chooseCodec(value: unknown): Codec;
