import { ROW_NUMBERS } from '../offload/segment-rows.js';
/** The requests for all segments behind the first ones, in their order. */
export function* segmentRanges({ rows, start, compression, sealed }, limit) {
    const counted = limit.of === 'stored' ? 0 : 1;
    let at = start;
    for (let from = 0, end = 0; from < rows.length; from = end) {
        let bytes = 0;
        let size = 0;
        do {
            bytes += rows[end] ?? 0;
            size += rows[end + counted] ?? 0;
            end += ROW_NUMBERS;
        } while (end < rows.length && size + (rows[end + counted] ?? 0) <= limit.bytes);
        const following = (rows.length - end) / ROW_NUMBERS;
        yield { rows: rows.slice(from, end), start: at, compression, sealed, following, bytes };
        at += bytes;
    }
}
