import { describe, OffloopError } from '../errors.js';
import { MAX_DEPTH } from './keeps.js';
/** Nothing in Redis is longer. */
const MOST = 512 * 1024 * 1024;
/** Without a setting: what Offloop writes, within `maxValueBytes`. */
export const DEFAULT_LIMITS = Object.freeze({
    maxDepth: MAX_DEPTH,
    maxItems: MOST,
    maxStringLength: MOST,
    maxBinaryBytes: MOST,
    maxSegments: 65_536,
    cborTags: undefined,
});
/** Tags of CBOR that Offloop writes, besides those of records, which are no type of their own. */
export const CBOR_TAGS = [
    ...[1, 2, 3, 258, 259],
    ...[64, 65, 66, 67, 68, 69, 70, 71, 72, 73, 74, 75, 77, 78, 79, 81, 82, 85, 86],
];
/** The rows of the table of options. A string of up to 1,024 characters is never too long: it is not looked at one by one. */
export const LIMIT_SPECS = [
    {
        path: 'limits.maxDepth',
        type: 'integer',
        unit: 'levels',
        min: 1,
        max: MAX_DEPTH,
        default: DEFAULT_LIMITS.maxDepth,
        what: 'how deep the containers of a value that is read may be in each other',
    },
    {
        path: 'limits.maxItems',
        type: 'integer',
        unit: 'items',
        min: 1,
        max: MOST,
        default: DEFAULT_LIMITS.maxItems,
        what: 'elements, fields and entries of all its containers',
    },
    {
        path: 'limits.maxStringLength',
        type: 'integer',
        unit: 'characters',
        min: 1024,
        max: MOST,
        default: DEFAULT_LIMITS.maxStringLength,
        what: 'the longest string or key in it; bytes in `cbor`, `msgpack` and `json`',
    },
    {
        path: 'limits.maxBinaryBytes',
        type: 'integer',
        unit: 'bytes',
        min: 1024,
        max: MOST,
        default: DEFAULT_LIMITS.maxBinaryBytes,
        what: 'the longest binary data in it',
    },
    {
        path: 'limits.maxSegments',
        type: 'integer',
        unit: 'segments',
        min: 1,
        max: 1_048_576,
        default: DEFAULT_LIMITS.maxSegments,
        what: 'segments of a large value; each has about 64 KB',
    },
    {
        path: 'limits.cborTags',
        type: 'integers',
        unit: 'tags',
        min: 1,
        max: 259,
        default: undefined,
        what: 'the tags that are read in `cbor`, of those that Offloop writes',
    },
];
/** The limits of resolved options. Throws `ERR_OPTION` for a tag that Offloop does not read. */
export function resolveLimits(get) {
    const tags = get('limits.cborTags');
    const foreign = tags?.find((tag) => !CBOR_TAGS.includes(tag));
    if (foreign !== undefined) {
        const text = `limits.cborTags may hold ${CBOR_TAGS.join(', ')}, received ${describe(foreign)}`;
        throw new OffloopError('ERR_OPTION', text);
    }
    const limits = {
        maxDepth: get('limits.maxDepth'),
        maxItems: get('limits.maxItems'),
        maxStringLength: get('limits.maxStringLength'),
        maxBinaryBytes: get('limits.maxBinaryBytes'),
        maxSegments: get('limits.maxSegments'),
        cborTags: tags,
    };
    return isDefault(limits) ? DEFAULT_LIMITS : limits;
}
/** Whether the limits are those without a setting; by their values, since they come to workers as a copy. */
export function isDefault(limits) {
    return Object.entries(DEFAULT_LIMITS).every(([name, value]) => limits[name] === value);
}
/** The error for a value that is over a limit. */
export function overLimit(name, limits) {
    const bound = name === 'cborTags' ? '' : ` of ${limits[name]}`;
    return new OffloopError('ERR_LIMIT', `the stored value is over the limit${bound} (limits.${name})`);
}
/** The error for a value that is nested too deep: `ERR_CORRUPT` where that is deeper than any codec writes. */
export function tooDeep(codec, limits) {
    return limits.maxDepth < MAX_DEPTH
        ? overLimit('maxDepth', limits)
        : new OffloopError('ERR_CORRUPT', `${codec} payload: nested deeper than ${MAX_DEPTH}`);
}
/** Throws `ERR_LIMIT` where there are more items by now than may be. */
export function assertItems(items, limits) {
    if (items > limits.maxItems)
        throw overLimit('maxItems', limits);
}
/** Throws `ERR_LIMIT` where a string is too long. */
export function assertString(length, limits) {
    if (length > limits.maxStringLength)
        throw overLimit('maxStringLength', limits);
}
/** Throws `ERR_LIMIT` where binary data is too long. */
export function assertBinary(bytes, limits) {
    if (bytes > limits.maxBinaryBytes)
        throw overLimit('maxBinaryBytes', limits);
}
