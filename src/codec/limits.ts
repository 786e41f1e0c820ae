import { describe, OffloopError } from '../errors.js';
import { MAX_DEPTH } from './keeps.js';

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

/** Nothing in Redis is longer. */
const MOST = 512 * 1024 * 1024;

/** Without a setting: what Offloop writes, within `maxValueBytes`. */
export const DEFAULT_LIMITS: DecodeLimits = Object.freeze({
  maxDepth: MAX_DEPTH,
  maxItems: MOST,
  maxStringLength: MOST,
  maxBinaryBytes: MOST,
  maxSegments: 65_536,
  cborTags: undefined,
});

/** Tags of CBOR that Offloop writes, besides those of records, which are no type of their own. */
export const CBOR_TAGS: readonly number[] = [
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
] as const;

/** The limits of resolved options. Throws `ERR_OPTION` for a tag that Offloop does not read. */
export function resolveLimits(get: (path: string) => unknown): DecodeLimits {
  const tags = get('limits.cborTags') as DecodeLimits['cborTags'];
  const foreign = tags?.find((tag) => !CBOR_TAGS.includes(tag));
  if (foreign !== undefined) {
    const text = `limits.cborTags may hold ${CBOR_TAGS.join(', ')}, received ${describe(foreign)}`;
    throw new OffloopError('ERR_OPTION', text);
  }
  const limits: DecodeLimits = {
    maxDepth: get('limits.maxDepth') as number,
    maxItems: get('limits.maxItems') as number,
    maxStringLength: get('limits.maxStringLength') as number,
    maxBinaryBytes: get('limits.maxBinaryBytes') as number,
    maxSegments: get('limits.maxSegments') as number,
    cborTags: tags,
  };
  return isDefault(limits) ? DEFAULT_LIMITS : limits;
}

/** Whether the limits are those without a setting; by their values, since they come to workers as a copy. */
export function isDefault(limits: DecodeLimits): boolean {
  return Object.entries(DEFAULT_LIMITS).every(
    ([name, value]) => limits[name as keyof DecodeLimits] === value,
  );
}

/** The error for a value that is over a limit. */
export function overLimit(name: keyof DecodeLimits, limits: DecodeLimits): OffloopError {
  const bound = name === 'cborTags' ? '' : ` of ${limits[name]}`;
  return new OffloopError('ERR_LIMIT', `the stored value is over the limit${bound} (limits.${name})`);
}

/** The error for a value that is nested too deep: `ERR_CORRUPT` where that is deeper than any codec writes. */
export function tooDeep(codec: string, limits: DecodeLimits): OffloopError {
  return limits.maxDepth < MAX_DEPTH
    ? overLimit('maxDepth', limits)
    : new OffloopError('ERR_CORRUPT', `${codec} payload: nested deeper than ${MAX_DEPTH}`);
}

/** Throws `ERR_LIMIT` where there are more items by now than may be. */
export function assertItems(items: number, limits: DecodeLimits): void {
  if (items > limits.maxItems) throw overLimit('maxItems', limits);
}

/** Throws `ERR_LIMIT` where a string is too long. */
export function assertString(length: number, limits: DecodeLimits): void {
  if (length > limits.maxStringLength) throw overLimit('maxStringLength', limits);
}

/** Throws `ERR_LIMIT` where binary data is too long. */
export function assertBinary(bytes: number, limits: DecodeLimits): void {
  if (bytes > limits.maxBinaryBytes) throw overLimit('maxBinaryBytes', limits);
}
