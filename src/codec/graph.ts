import { OffloopError } from '../errors.js';
import type { Codec } from './codec.js';
import { GraphDecoder } from './graph-decoder.js';
import { GraphEncoder, Unencodable } from './graph-encoder.js';
import { keepsOf } from './keeps.js';
import { explainLoss } from './loss.js';

/** What the graph codec keeps: all plain data that has no identity of its own. */
export const GRAPH_KEEPS = keepsOf('graph', [
  'negativeZero',
  'nonFinite',
  'bigint',
  'hugeBigint',
  'loneSurrogates',
  'undefined',
  'date',
  'invalidDate',
  'extremeDate',
  'map',
  'set',
  'buffer',
  'uint8Array',
  'typedArray',
  'arrayBuffer',
  'dataView',
  'protoKey',
  'keysKey',
]);

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
    try {
      // Inside a value it is kept; as a whole it could not be told from a miss.
      if (value === undefined) throw new Unencodable();
      return new GraphEncoder().encode(value);
    } catch (error) {
      if (error instanceof Unencodable) throw explainLoss(value, GRAPH_KEEPS);
      if (error instanceof OffloopError) throw error;
      throw new OffloopError('ERR_VALUE', 'value cannot be read: an accessor or an iterator of it threw');
    }
  },
  decode(bytes) {
    try {
      return new GraphDecoder(bytes).decode();
    } catch (error) {
      // Undecodable, or a RangeError of a read past the end: nothing else can be thrown here.
      if (error instanceof Error)
        throw new OffloopError('ERR_CORRUPT', 'the payload is not one of the graph codec');
      throw error;
    }
  },
};
