import { ROW_NUMBERS } from '../offload/segment-rows.js';
import type { FetchRangeTask, FirstSegments } from '../offload/tasks.js';

/** Which segments one request asks for. */
export interface SegmentRange
  extends Pick<FetchRangeTask, 'rows' | 'start' | 'compression' | 'sealed' | 'following'> {
  /** Stored bytes of them. */
  readonly bytes: number;
}

/** What bounds a request: the bytes that are stored, or those that they are before compression. */
export interface RangeLimit {
  readonly of: 'stored' | 'raw';
  /** One segment may take more. */
  readonly bytes: number;
}

/** The requests for all segments behind the first ones, in their order. */
export function* segmentRanges(
  { rows, start, compression, sealed }: Pick<FirstSegments, 'rows' | 'start' | 'compression' | 'sealed'>,
  limit: RangeLimit,
): Generator<SegmentRange> {
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
