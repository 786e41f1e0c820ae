import type { ReadColumns } from './columns-data.js';
import type { RowTarget } from './columns-reader.js';
import type { ColumnSchema, SetSchema } from './columns-schema.js';
import { setField } from './graph-parts.js';

/** Makes rows without generated code: of a schema that is new, or where the process forbids it. */
export function readRows(data: ReadColumns, root: SetSchema, { rows, at, count }: RowTarget): void {
  for (let index = at; index < at + count; index++) rows[index] = readRecord(data, root);
}

function readRecord(data: ReadColumns, { id, columns, keys, shapes }: SetSchema): object {
  const shape = shapes.length === 1 ? 0 : (data.integers.array[next(data.at, id)] as number);
  const record = {};
  for (const column of shapes[shape] ?? []) {
    setField(record, keys[column] ?? '', readValue(data, columns[column] as ColumnSchema));
  }
  return record;
}

function readValue(data: ReadColumns, column: ColumnSchema): unknown {
  const { id, kind, isMasked, set, item, names } = column;
  if (isMasked && data.bits.array[next(data.mask, id)] === 0) return null;
  switch (kind) {
    case 'number':
      return data.numbers.array[next(data.at, id)];
    case 'date':
      return new Date(data.numbers.array[next(data.at, id)] as number);
    case 'boolean':
      return data.bits.array[next(data.at, id)] === 1;
    case 'string': {
      const from = data.from[id] as number;
      const to = from + (data.integers.array[next(data.at, id)] as number);
      data.from[id] = to;
      return data.texts[id]?.slice(from, to);
    }
    case 'dictionary':
      return data.tables[id]?.[data.integers.array[next(data.at, id)] as number];
    case 'list': {
      const items: unknown[] = new Array(data.integers.array[next(data.at, id)] as number);
      for (let index = 0; index < items.length; index++) items[index] = readValue(data, item as ColumnSchema);
      return items;
    }
    case 'object': {
      const object = {};
      for (let left = data.integers.array[next(data.at, id)] as number; left > 0; left--) {
        const key = readValue(data, names as ColumnSchema) as string;
        setField(object, key, readValue(data, item as ColumnSchema));
      }
      return object;
    }
    case 'record':
      return readRecord(data, set as SetSchema);
    case 'any':
      return data.values[id]?.[next(data.at, id)];
    default:
      return null;
  }
}

/** The place of a column's next value. */
function next(places: Int32Array, id: number): number {
  const place = places[id] as number;
  places[id] = place + 1;
  return place;
}
