/** The codecs of the published table, in its order. */
export const TABLE_CODECS = ['graph', 'cbor', 'msgpack', 'json', 'raw'];
const PLAIN = 'a plain object';
const COPIES = 'a copy at each place';
const DROPPED = 'not part of the data';
const READ = 'what it returns';
const K = 'kept';
const R = 'refused';
/** `[id, type, graph, cbor, msgpack, json, raw]` */
const ROWS = [
    ['null', 'null', K, K, K, K, R],
    ['boolean', 'boolean', K, K, K, K, R],
    ['integer', 'integer number', K, K, K, K, R],
    ['float', 'fractional number', K, K, K, K, R],
    ['negativeZero', '-0', K, R, R, R, R],
    ['nonFinite', 'NaN, Infinity, -Infinity', K, K, K, R, R],
    ['bigint', 'bigint, up to 8,192 bits', K, K, K, R, R],
    ['hugeBigint', 'bigint, longer', K, R, R, R, R],
    ['string', 'string', K, K, K, K, K],
    ['loneSurrogate', 'string or key with an unpaired surrogate', K, R, R, K, K],
    ['undefined', 'undefined as the value itself', R, R, R, R, R],
    ['undefinedInObject', 'undefined in an object, Map or Set', K, K, K, R, R],
    ['undefinedInArray', 'undefined in an array', K, K, K, R, R],
    ['hole', 'hole in an array', R, R, R, R, R],
    ['array', 'array', K, K, K, K, R],
    ['object', 'plain object', K, K, K, K, R],
    ['nullPrototype', 'object without a prototype', PLAIN, PLAIN, PLAIN, PLAIN, R],
    ['manyKeys', 'object with more than 65,535 keys', K, K, K, K, R],
    ['protoKey', 'own key `__proto__`', K, R, R, K, R],
    ['keysKey', 'own key `__keys__`', K, R, R, K, R],
    ['date', 'Date', K, K, K, R, R],
    ['invalidDate', 'invalid Date', K, K, K, R, R],
    [
        'extremeDate',
        'Date 139,000 to 143,000 years from 1970, with milliseconds that seconds cannot hold',
        K,
        R,
        K,
        R,
        R,
    ],
    ['buffer', 'Buffer', K, K, K, R, K],
    ['uint8Array', 'Uint8Array', K, K, K, R, K],
    ['typedArray', 'other typed arrays, without Float16Array', K, K, K, R, K],
    ['arrayBuffer', 'ArrayBuffer', K, R, K, R, K],
    ['dataView', 'DataView', K, R, K, R, K],
    ['map', 'Map', K, K, K, R, R],
    ['set', 'Set', K, K, K, R, R],
    ['regexp', 'RegExp', R, R, R, R, R],
    ['error', 'Error', R, R, R, R, R],
    ['sharedReference', 'the same object at several places', COPIES, COPIES, COPIES, COPIES, R],
    ['cycle', 'cycle', R, R, R, R, R],
    ['deep', 'nested deeper than 500', R, R, R, R, R],
    ['accessor', 'accessor (getter)', READ, READ, READ, READ, R],
    [
        'hidden',
        'symbol key, non-enumerable property, named property of an array',
        DROPPED,
        DROPPED,
        DROPPED,
        DROPPED,
        R,
    ],
    ['toJson', 'object with a toJSON method', R, R, R, R, R],
    ['boxed', 'boxed primitive', R, R, R, R, R],
    ['classInstance', 'class instance, also URL, Promise, WeakMap, Blob, a subclass of Array …', R, R, R, R, R],
    ['function', 'function', R, R, R, R, R],
    ['symbol', 'symbol', R, R, R, R, R],
];
/** What each type becomes with each codec. `docs/types.md` shows it, and the tests hold the codecs to it. */
export const TYPE_TABLE = ROWS.map(([id, type, graph, cbor, msgpack, json, raw]) => ({
    id,
    type,
    graph,
    cbor,
    msgpack,
    json,
    raw,
}));
/** The table in Markdown, as `docs/types.md` has it. */
export function typeTableMarkdown() {
    const lines = TYPE_TABLE.map((row) => `| ${row.type} | ${TABLE_CODECS.map((codec) => row[codec]).join(' | ')} |`);
    return [
        `| type | ${TABLE_CODECS.join(' | ')} |`,
        `| --- |${' --- |'.repeat(TABLE_CODECS.length)}`,
        ...lines,
    ].join('\n');
}
