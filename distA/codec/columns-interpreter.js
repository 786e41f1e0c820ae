import { setField } from './graph-parts.js';
/** Makes rows without generated code: of a schema that is new, or where the process forbids it. */
export function readRows(data, root, { rows, at, count }) {
    for (let index = at; index < at + count; index++)
        rows[index] = readRecord(data, root);
}
function readRecord(data, { id, columns, keys, shapes }) {
    const shape = shapes.length === 1 ? 0 : data.integers.array[next(data.at, id)];
    const record = {};
    for (const column of shapes[shape] ?? []) {
        setField(record, keys[column] ?? '', readValue(data, columns[column]));
    }
    return record;
}
function readValue(data, column) {
    const { id, kind, isMasked, set, item, names } = column;
    if (isMasked && data.bits.array[next(data.mask, id)] === 0)
        return null;
    switch (kind) {
        case 'number':
            return data.numbers.array[next(data.at, id)];
        case 'date':
            return new Date(data.numbers.array[next(data.at, id)]);
        case 'boolean':
            return data.bits.array[next(data.at, id)] === 1;
        case 'string': {
            const from = data.from[id];
            const to = from + data.integers.array[next(data.at, id)];
            data.from[id] = to;
            return data.texts[id]?.slice(from, to);
        }
        case 'dictionary':
            return data.tables[id]?.[data.integers.array[next(data.at, id)]];
        case 'list': {
            const items = new Array(data.integers.array[next(data.at, id)]);
            for (let index = 0; index < items.length; index++)
                items[index] = readValue(data, item);
            return items;
        }
        case 'object': {
            const object = {};
            for (let left = data.integers.array[next(data.at, id)]; left > 0; left--) {
                const key = readValue(data, names);
                setField(object, key, readValue(data, item));
            }
            return object;
        }
        case 'record':
            return readRecord(data, set);
        case 'any':
            return data.values[id]?.[next(data.at, id)];
        default:
            return null;
    }
}
/** The place of a column's next value. */
function next(places, id) {
    const place = places[id];
    places[id] = place + 1;
    return place;
}
