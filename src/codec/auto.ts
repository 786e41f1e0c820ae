import type { Codec } from './codec.js';
import { graphCodec } from './graph.js';
import { rawCodec } from './raw.js';

/**
 * The codec that `auto` takes for a value: strings and binary data need none, and for all else `graph` was the
 * fastest or near it on every corpus measured, both ways and on every Node (docs/codecs.md).
 */
export function chooseCodec(value: unknown): Codec {
  if (typeof value === 'string' || ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return rawCodec;
  return graphCodec;
}
