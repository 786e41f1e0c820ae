import type { Codec } from './codec.js';
import { graphMethods } from './graph.js';

/**
 * `graph`, with lists of similar records stored column by column, which generated code reads and writes: on main a list
 * takes about a third of what it takes with `graph` to encode (figures: docs/columns.md). Where nothing is such a list,
 * its payload is that of `graph` but for the first byte.
 */
export const columnsCodec: Codec = {
  name: 'columns',
  id: 6,
  ...graphMethods(true),
};
