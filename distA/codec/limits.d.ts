import { OffloopError } from '../errors.js';
/** What a stored value may be at most to be read. Each is held against the bytes before anything is made of them. */
export interface DecodeLimits {
    /** How deep containers are in each other. */
    readonly maxDepth: number;
    /** Elements, fields and entries of all containers of a value, or of the part of one that is read. */
    readonly maxItems: number;
    /** Characters of one string or key; bytes of it in `cbor`, `msgpack` and `json`. */
    readonly maxStringLength: number;
    /** Bytes of one piece of binary data. */
    readonly maxBinaryBytes: number;
    /** Segments of a large value. */
    readonly maxSegments: number;
    /** The tags that are read in `cbor`, of those that Offloop writes; undefined: all of them. */
    readonly cborTags: readonly number[] | undefined;
}
/** Without a setting: what Offloop writes, within `maxValueBytes`. */
export declare const DEFAULT_LIMITS: DecodeLimits;
/** Tags of CBOR that Offloop writes, besides those of records, which are no type of their own. */
export declare const CBOR_TAGS: readonly number[];
/** The rows of the table of options. A string of up to 1,024 characters is never too long: it is not looked at one by one. */
export declare const LIMIT_SPECS: readonly [{
    readonly path: 'limits.maxDepth';
    readonly type: 'integer';
    readonly unit: 'levels';
    readonly min: 1;
    readonly max: 500;
    readonly default: number;
    readonly what: 'how deep the containers of a value that is read may be in each other';
}, {
    readonly path: 'limits.maxItems';
    readonly type: 'integer';
    readonly unit: 'items';
    readonly min: 1;
    readonly max: number;
    readonly default: number;
    readonly what: 'elements, fields and entries of all its containers';
}, {
    readonly path: 'limits.maxStringLength';
    readonly type: 'integer';
    readonly unit: 'characters';
    readonly min: 1024;
    readonly max: number;
    readonly default: number;
    readonly what: 'the longest string or key in it; bytes in `cbor`, `msgpack` and `json`';
}, {
    readonly path: 'limits.maxBinaryBytes';
    readonly type: 'integer';
    readonly unit: 'bytes';
    readonly min: 1024;
    readonly max: number;
    readonly default: number;
    readonly what: 'the longest binary data in it';
}, {
    readonly path: 'limits.maxSegments';
    readonly type: 'integer';
    readonly unit: 'segments';
    readonly min: 1;
    readonly max: 1048576;
    readonly default: number;
    readonly what: 'segments of a large value; each has about 64 KB';
}, {
    readonly path: 'limits.cborTags';
    readonly type: 'integers';
    readonly unit: 'tags';
    readonly min: 1;
    readonly max: 259;
    readonly default: undefined;
    readonly what: 'the tags that are read in `cbor`, of those that Offloop writes';
}];
/** The limits of resolved options. Throws `ERR_OPTION` for a tag that Offloop does not read. */
export declare function resolveLimits(get: (path: string) => unknown): DecodeLimits;
/** Whether the limits are those without a setting; by their values, since they come to workers as a copy. */
export declare function isDefault(limits: DecodeLimits): boolean;
/** The error for a value that is over a limit. */
export declare function overLimit(name: keyof DecodeLimits, limits: DecodeLimits): OffloopError;
/** The error for a value that is nested too deep: `ERR_CORRUPT` where that is deeper than any codec writes. */
export declare function tooDeep(codec: string, limits: DecodeLimits): OffloopError;
/** Throws `ERR_LIMIT` where there are more items by now than may be. */
export declare function assertItems(items: number, limits: DecodeLimits): void;
/** Throws `ERR_LIMIT` where a string is too long. */
export declare function assertString(length: number, limits: DecodeLimits): void;
/** Throws `ERR_LIMIT` where binary data is too long. */
export declare function assertBinary(bytes: number, limits: DecodeLimits): void;
