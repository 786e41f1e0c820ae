import { crc32 } from 'node:zlib';
import { checksum } from './checksum.js';
import { readContentType } from './content-type.js';
import { CHECKED_FROM, corrupt, type FrameHeader, HEADER_BYTES, writeHeader } from './frame.js';

/** Bytes of a segment's row in the table. */
const ROW_BYTES = 12;
const COUNT_BYTES = 4;
const NO_BYTES = new Uint8Array();

/** Where a segment lies, and what it has to be. */
export interface SegmentRow {
  readonly storedLength: number;
  readonly rawLength: number;
  /** CRC-32 of its stored bytes. */
  readonly checksum: number;
  /** Its first byte, counted from the frame's. */
  readonly start: number;
}

/** What stands between the header and the payload of a segmented frame. */
export interface FrameTable {
  readonly rows: readonly SegmentRow[];
  /** Where in the value each segment begins; what it says is the codec's own. */
  readonly outline: Buffer;
}

/** What {@link writeSegmentedFrame} is given. */
export interface SegmentedContent {
  readonly codec: number;
  /** The compression of the segments whose stored bytes are fewer than their raw ones. */
  readonly compression: number;
  readonly outline: Uint8Array;
  /** A content type as `encodeContentType` gives it. @default none */
  readonly contentType?: Uint8Array | undefined;
  readonly segments: readonly { readonly rawLength: number; readonly stored: Uint8Array }[];
}

/** A frame with segments, in memory of its own. The layout is in docs/frame.md. */
export function writeSegmentedFrame(content: SegmentedContent): Buffer {
  const { codec, compression, outline, segments, contentType = NO_BYTES } = content;
  const rowsAt = HEADER_BYTES + contentType.length + COUNT_BYTES;
  const outlineAt = rowsAt + segments.length * ROW_BYTES;
  const payloadAt = outlineAt + outline.length;
  let storedLength = 0;
  let rawLength = 0;
  for (const segment of segments) {
    storedLength += segment.stored.length;
    rawLength += segment.rawLength;
  }
  const frame = Buffer.allocUnsafeSlow(payloadAt + storedLength);
  const tableLength = payloadAt - HEADER_BYTES;
  writeHeader(frame, {
    codec,
    compression,
    rawLength,
    storedLength,
    tableLength,
    segmented: true,
    typed: contentType.length > 0,
  });
  frame.set(contentType, HEADER_BYTES);
  frame.writeUInt32LE(segments.length, rowsAt - COUNT_BYTES);
  let row = rowsAt;
  let at = payloadAt;
  for (const { rawLength: raw, stored } of segments) {
    frame.writeUInt32LE(stored.length, row);
    frame.writeUInt32LE(raw, row + 4);
    frame.writeUInt32LE(crc32(stored), row + 8);
    frame.set(stored, at);
    row += ROW_BYTES;
    at += stored.length;
  }
  frame.set(outline, outlineAt);
  frame.writeUInt32LE(tableChecksum(frame, payloadAt), 4);
  return frame;
}

/**
 * The table of a segmented frame, verified with its header; `bytes` hold both, and may hold more. Throws
 * `ERR_CORRUPT`, before anything is allocated for what the table only claims.
 */
export function readTable(bytes: Buffer, header: FrameHeader): FrameTable {
  const payloadAt = HEADER_BYTES + header.tableLength;
  if (!header.segmented || bytes.length < payloadAt) throw corrupt('the table of its segments is not there');
  if (tableChecksum(bytes, payloadAt) !== header.checksum) throw corrupt('the checksum does not match');
  const rowsAt = readContentType(bytes, header).end + COUNT_BYTES;
  const count = rowsAt <= payloadAt ? bytes.readUInt32LE(rowsAt - COUNT_BYTES) : 0;
  const outlineAt = rowsAt + count * ROW_BYTES;
  if (count === 0 || outlineAt > payloadAt) throw corrupt('the table of its segments is too short');
  const rows: SegmentRow[] = [];
  let start = payloadAt;
  let rawLength = 0;
  for (let at = rowsAt; at < outlineAt; at += ROW_BYTES) {
    const row = {
      storedLength: bytes.readUInt32LE(at),
      rawLength: bytes.readUInt32LE(at + 4),
      checksum: bytes.readUInt32LE(at + 8),
      start,
    };
    const isPlausible = row.storedLength > 0 && row.storedLength <= row.rawLength;
    if (!isPlausible || (header.compression === 0 && row.storedLength < row.rawLength))
      throw corrupt('a segment has an impossible length');
    rows.push(row);
    start += row.storedLength;
    rawLength += row.rawLength;
  }
  if (start !== payloadAt + header.storedLength || rawLength !== header.rawLength)
    throw corrupt('its segments are not as long as its header says');
  return { rows, outline: bytes.subarray(outlineAt, payloadAt) };
}

/** Throws `ERR_CORRUPT` where bytes are not the ones that were stored as a segment. */
export function verifySegment(row: SegmentRow, stored: Uint8Array): void {
  if (stored.length !== row.storedLength || crc32(stored) !== row.checksum)
    throw corrupt('the checksum of a segment does not match');
}

function tableChecksum(bytes: Buffer, payloadAt: number): number {
  return checksum(bytes, CHECKED_FROM, HEADER_BYTES, bytes.subarray(HEADER_BYTES, payloadAt));
}
