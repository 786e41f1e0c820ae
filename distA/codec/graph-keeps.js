import { keepsOf } from './keeps.js';
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
