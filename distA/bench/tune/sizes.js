import { formatByteSize } from '../byte-size.js';
import { spread } from './tune-settings.js';
const SHARES = [64, 8];
const SMALLEST = 256;
/** A value of twice the size or more is another size. */
const APART = 2;
/** Values of several sizes for a chart over the size: those of the sample, else the beginnings of its largest. */
export function sizesOf(values) {
    const picked = spread(values, 3);
    const [first] = picked;
    const last = picked.at(-1);
    if (!first || !last)
        return [];
    const list = last.bytes >= APART * first.bytes
        ? picked
        : [...SHARES.flatMap((share) => beginningOf(last, last.bytes / share)), last];
    return list.map((entry) => ({ ...entry, label: `${formatByteSize(entry.bytes)} of the sample` }));
}
function beginningOf({ value, label }, bytes) {
    if (bytes < SMALLEST)
        return [];
    const part = beginning(value, bytes);
    const size = Buffer.byteLength(JSON.stringify(part) ?? '');
    return size > 2 ? [{ label, bytes: size, value: part }] : [];
}
/** The first entries of a value that fit into so many bytes of JSON text, at every level. */
function beginning(value, bytes) {
    if (typeof value === 'string')
        return value.slice(0, Math.floor(bytes)).toWellFormed();
    if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value))
        return value;
    const kept = [];
    let left = bytes;
    for (const [key, child] of Object.entries(value)) {
        const size = (JSON.stringify(child)?.length ?? 0) + key.length + 4;
        kept.push([key, size <= left ? child : beginning(child, left)]);
        left -= size;
        if (left <= 0)
            break;
    }
    return Array.isArray(value) ? kept.map(([, child]) => child) : Object.fromEntries(kept);
}
