import type { ColumnData } from './columns-data.js';
import type { RowTarget } from './columns-reader.js';
import type { SetSchema } from './columns-schema.js';
/** Makes rows without generated code: of a schema that is new, or where the process forbids it. */
export declare function readRows(data: ColumnData, root: SetSchema, { rows, at, count }: RowTarget): void;
