import { types } from 'node:util';
import type { Codec } from './codec.js';
import { columnsCodec } from './columns.js';
import { LEAST_ROWS } from './columns-batches.js';
import { TUPLE_NUMBERS } from './columns-format.js';
import { graphCodec } from './graph.js';
import { isPlain, isRecord } from './graph-shapes.js';
import { rawCodec } from './raw.js';

/**
 * Levels, fields of each object, and objects and lists in all that are searched for a list of records or numbers, or of lists of
 * numbers. Four levels: a list of documents, each of which holds a list below two more.
 */
const SEARCHED_LEVELS = 4;
const SEARCHED_FIELDS = 32;
const SEARCHED_VALUES = 512;

/**
 * The codec that `auto` takes for a value: strings and binary data need none. What is a list of records, or holds one
 * near its top, is stored by columns, as are numbers and short lists of them; for all else `graph` was the fastest or near
 * it on every corpus measured, both ways and on every Node (docs/codecs.md). At most 512 objects and lists of the value are looked
 * at.
 */
export function chooseCodec(value: unknown): Codec {
  if (typeof value === 'string' || ArrayBuffer.isView(value) || types.isArrayBuffer(value)) return rawCodec;
  try {
    return holdsRecords(value, SEARCHED_LEVELS, { values: SEARCHED_VALUES }) ? columnsCodec : graphCodec;
  } catch {
    // An accessor or a proxy threw, and will again: the codec says what that means.
    return graphCodec;
  }
}

/** What the elements of a list that is stored by columns may be, all of one kind. */
const KINDS = [
  isRecord,
  (item: unknown) => typeof item === 'number',
  (item: unknown) => Array.isArray(item) && item.length <= TUPLE_NUMBERS && typeof item[0] === 'number',
];

/** How many more may be looked at. */
interface Left {
  values: number;
}

function holdsRecords(value: unknown, levels: number, left: Left): boolean {
  if (typeof value !== 'object' || value === null || left.values-- <= 0) return false;
  if (Array.isArray(value)) {
    const { length } = value;
    const middle = value[length >> 1];
    if (length >= LEAST_ROWS) {
      // The middle and the end tell a list of records or numbers from one with a few of them.
      const looked = [value[0], middle, value[length - 1]];
      if (KINDS.some((isKind) => looked.every(isKind))) return true;
    }
    return levels > 0 && holdsRecords(middle, levels - 1, left);
  }
  if (levels === 0 || !isPlain(value)) return false;
  let fields = 0;
  for (const key in value) {
    if (++fields > SEARCHED_FIELDS) return false;
    const field = (value as Readonly<Record<string, unknown>>)[key];
    if (typeof field === 'object' && holdsRecords(field, levels - 1, left)) return true;
  }
  return false;
}
