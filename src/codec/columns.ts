import type { Codec } from './codec.js';
import { GraphDecoder } from './graph-decoder.js';
import { GraphEncoder } from './graph-encoder.js';

/**
 * `graph`, with lists of similar records stored column by column, which generated code reads and writes: on main a list
 * takes about a third of what it takes with `graph` to encode (figures: docs/columns.md). Where nothing is such a list,
 * its payload is that of `graph`.
 */
export const columnsCodec: Codec = {
  name: 'columns',
  id: 6,
  // Tables of strings and packed numbers take fewer bytes for the same objects.
  expansion: 6,
  encode(value) {
    const encoder = new GraphEncoder(value, Number.POSITIVE_INFINITY, true);
    encoder.next();
    return encoder.whole();
  },
  decode(bytes) {
    const decoder = new GraphDecoder(bytes.length, { hasBatches: true });
    decoder.next(bytes);
    return decoder.end();
  },
  segmentEncoder: (value, limitBytes) => new GraphEncoder(value, limitBytes, true),
  segmentDecoder: (totalBytes) => new GraphDecoder(totalBytes, { hasBatches: true }),
};
