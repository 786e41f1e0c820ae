/** All of them, in the order of reports. */
export const SHAPES = [
    'records',
    'list',
    'object',
    'collection',
    'text',
    'binary',
    'other',
];
/** The shape of a value, by its outside and the first of its elements alone. */
export function shapeOf(value) {
    if (typeof value === 'string')
        return 'text';
    if (typeof value !== 'object' || value === null)
        return 'other';
    if (Array.isArray(value))
        return isRecord(value[0]) ? 'records' : 'list';
    if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer)
        return 'binary';
    return value instanceof Map || value instanceof Set ? 'collection' : 'object';
}
function isRecord(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value);
}
