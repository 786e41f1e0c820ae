/** The codecs of the published table, in its order. */
export declare const TABLE_CODECS: readonly ['graph', 'cbor', 'msgpack', 'json', 'raw'];
/** A codec of the published table. */
export type TableCodec = (typeof TABLE_CODECS)[number];
/** `kept`: comes back as it was. `refused`: `ERR_VALUE` with the path. Anything else: what it becomes. */
export type Outcome = 'kept' | 'refused' | (string & {});
/** One row of the published table. */
export interface TypeRow {
    /** A stable name for tests and other programs. */
    readonly id: string;
    /** The type, as the page shows it. */
    readonly type: string;
    readonly graph: Outcome;
    readonly cbor: Outcome;
    readonly msgpack: Outcome;
    readonly json: Outcome;
    /** As the value itself: what the raw codec takes has no inside. */
    readonly raw: Outcome;
}
/** `[id, type, graph, cbor, msgpack, json, raw]` */
declare const ROWS: readonly [readonly ["null", "null", "kept", "kept", "kept", "kept", "refused"], readonly ["boolean", "boolean", "kept", "kept", "kept", "kept", "refused"], readonly ["integer", "integer number", "kept", "kept", "kept", "kept", "refused"], readonly ["float", "fractional number", "kept", "kept", "kept", "kept", "refused"], readonly ["negativeZero", "-0", "kept", "refused", "refused", "refused", "refused"], readonly ["nonFinite", "NaN, Infinity, -Infinity", "kept", "kept", "kept", "refused", "refused"], readonly ["bigint", "bigint, up to 8,192 bits", "kept", "kept", "kept", "refused", "refused"], readonly ["hugeBigint", "bigint, longer", "kept", "refused", "refused", "refused", "refused"], readonly ["string", "string", "kept", "kept", "kept", "kept", "kept"], readonly ["loneSurrogate", "string or key with an unpaired surrogate", "kept", "refused", "refused", "kept", "kept"], readonly ["undefined", "undefined as the value itself", "refused", "refused", "refused", "refused", "refused"], readonly ["undefinedInObject", "undefined in an object, Map or Set", "kept", "kept", "kept", "refused", "refused"], readonly ["undefinedInArray", "undefined in an array", "kept", "kept", "kept", "refused", "refused"], readonly ["hole", "hole in an array", "refused", "refused", "refused", "refused", "refused"], readonly ["array", "array", "kept", "kept", "kept", "kept", "refused"], readonly ["object", "plain object", "kept", "kept", "kept", "kept", "refused"], readonly ["nullPrototype", "object without a prototype", "a plain object", "a plain object", "a plain object", "a plain object", "refused"], readonly ["manyKeys", "object with more than 65,535 keys", "kept", "kept", "kept", "kept", "refused"], readonly ["protoKey", "own key `__proto__`", "kept", "refused", "refused", "kept", "refused"], readonly ["keysKey", "own key `__keys__`", "kept", "refused", "refused", "kept", "refused"], readonly ["date", "Date", "kept", "kept", "kept", "refused", "refused"], readonly ["invalidDate", "invalid Date", "kept", "kept", "kept", "refused", "refused"], readonly ["extremeDate", "Date 139,000 to 143,000 years from 1970, with milliseconds that seconds cannot hold", "kept", "refused", "kept", "refused", "refused"], readonly ["buffer", "Buffer", "kept", "kept", "kept", "refused", "kept"], readonly ["uint8Array", "Uint8Array", "kept", "kept", "kept", "refused", "kept"], readonly ["typedArray", "other typed arrays, without Float16Array", "kept", "kept", "kept", "refused", "kept"], readonly ["arrayBuffer", "ArrayBuffer", "kept", "refused", "kept", "refused", "kept"], readonly ["dataView", "DataView", "kept", "refused", "kept", "refused", "kept"], readonly ["map", "Map", "kept", "kept", "kept", "refused", "refused"], readonly ["set", "Set", "kept", "kept", "kept", "refused", "refused"], readonly ["regexp", "RegExp", "refused", "refused", "refused", "refused", "refused"], readonly ["error", "Error", "refused", "refused", "refused", "refused", "refused"], readonly ["sharedReference", "the same object at several places", "a copy at each place", "a copy at each place", "a copy at each place", "a copy at each place", "refused"], readonly ["cycle", "cycle", "refused", "refused", "refused", "refused", "refused"], readonly ["deep", "nested deeper than 500", "refused", "refused", "refused", "refused", "refused"], readonly ["accessor", "accessor (getter)", "what it returns", "what it returns", "what it returns", "what it returns", "refused"], readonly ["hidden", "symbol key, non-enumerable property, named property of an array", "not part of the data", "not part of the data", "not part of the data", "not part of the data", "refused"], readonly ["toJson", "object with a toJSON method", "refused", "refused", "refused", "refused", "refused"], readonly ["boxed", "boxed primitive", "refused", "refused", "refused", "refused", "refused"], readonly ["classInstance", "class instance, also URL, Promise, WeakMap, Blob, a subclass of Array …", "refused", "refused", "refused", "refused", "refused"], readonly ["function", "function", "refused", "refused", "refused", "refused", "refused"], readonly ["symbol", "symbol", "refused", "refused", "refused", "refused", "refused"]];
/** The name of a row of the table. */
export type TypeRowId = (typeof ROWS)[number][0];
/** What each type becomes with each codec. `docs/types.md` shows it, and the tests hold the codecs to it. */
export declare const TYPE_TABLE: readonly TypeRow[];
/** The table in Markdown, as `docs/types.md` has it. */
export declare function typeTableMarkdown(): string;
export {};
