import type { Codec } from './codec.js';
import { GraphDecoder } from './graph-decoder.js';
import { GraphEncoder } from './graph-encoder.js';

/**
 * Offloop's own codec for object graphs, exact for all of JavaScript's plain data. It checks what it cannot keep in
 * the same walk that writes, gathers strings in bundles, and describes each set of keys once. On main it takes about
 * a third of what `JSON.stringify` and `JSON.parse` take for lists of records on Node 20 (figures: docs/codecs.md),
 * and needs no native part.
 */
export const graphCodec: Codec = {
  name: 'graph',
  id: 5,
  encode(value) {
    const encoder = new GraphEncoder(value, Number.POSITIVE_INFINITY, false);
    encoder.next();
    return encoder.whole();
  },
  decode(bytes) {
    const decoder = new GraphDecoder(bytes.length, { hasBatches: false });
    decoder.next(bytes);
    return decoder.end();
  },
  segmentEncoder: (value, limitBytes) => new GraphEncoder(value, limitBytes, false),
  segmentDecoder: (totalBytes) => new GraphDecoder(totalBytes, { hasBatches: false }),
};
