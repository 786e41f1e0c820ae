import { OffloopError } from '../errors.js';
const UNITS = { B: 1, KB: 1024, MB: 1024 ** 2, GB: 1024 ** 3 };
/** `'64KB'` as 65536. Units are B, KB, MB and GB, in powers of 1,024. Throws `ERR_OPTION`. */
export function parseByteSize(text) {
    const match = /^(\d+(?:\.\d+)?)\s*(B|KB|MB|GB)$/i.exec(text.trim());
    const unit = match?.[2]?.toUpperCase();
    if (!match || (unit !== 'B' && unit !== 'KB' && unit !== 'MB' && unit !== 'GB')) {
        throw new OffloopError('ERR_OPTION', `a size must be a number with B, KB, MB or GB, like 64KB; received ${JSON.stringify(text.slice(0, 40))}`);
    }
    return Math.round(Number(match[1]) * UNITS[unit]);
}
/** `65536` as `'64 KB'`; at most two digits after the point. */
export function formatByteSize(bytes) {
    const size = Math.abs(bytes);
    if (size < UNITS.KB)
        return `${Math.round(bytes)} B`;
    const [unit, divisor] = size < UNITS.MB ? ['KB', UNITS.KB] : size < UNITS.GB ? ['MB', UNITS.MB] : ['GB', UNITS.GB];
    const number = bytes / Number(divisor);
    return `${Number(number.toFixed(Math.abs(number) < 10 ? 2 : 1))} ${unit}`;
}
