import { describe, OffloopError } from '../errors.js';
import { checksum } from './checksum.js';

/** Bytes before the payload of a frame without segments. A multiple of 8, so that numbers behind it are aligned. */
export const HEADER_BYTES = 24;
/** The version that this code writes, and the only one that it reads. */
export const FRAME_VERSION = 1;
/** 0xf7 begins no UTF-8 text, no gzip and no JSON, so that foreign values are told apart at once. */
const MAGIC = [0xf7, 0x4f, 0x66] as const;
/** The first byte that the checksum in the header covers. */
export const CHECKED_FROM = 8;
const FLAG_SEGMENTED = 0x01;
const FLAG_CONTENT_TYPE = 0x02;
/** 1 to 255 of printable ASCII. */
const CONTENT_TYPE = /^[ -~]{1,255}$/;
const NOTHING = Buffer.alloc(0);

/** What a frame says of its payload. */
export interface FrameHeader {
  /** The codec's number, 1 to 255. */
  readonly codec: number;
  /** The compression's number; 0 is none. */
  readonly compression: number;
  /** Bytes of the payload before compression. */
  readonly rawLength: number;
  /** Bytes of the payload as it is stored. */
  readonly storedLength: number;
  /** Bytes between header and payload: the content type and the table of segments. */
  readonly tableLength: number;
  /** CRC-32 of all bytes from the ninth on; in a frame with segments, up to the end of the table. */
  readonly checksum: number;
  readonly segmented: boolean;
  readonly hasContentType: boolean;
}

/** What {@link writeFrame} is given. */
export interface FrameContent {
  readonly codec: number;
  readonly compression: number;
  readonly rawLength: number;
  /** The payload as it is to be stored. */
  readonly payload: Uint8Array;
  /** Of a value that is bytes: what they are. See {@link assertContentType}. */
  readonly contentType?: string | undefined;
}

/**
 * A frame without segments, version 1, in memory of its own. All numbers are little-endian.
 *
 * | bytes | what |
 * | --- | --- |
 * | 0 to 2 | magic `f7 4f 66` |
 * | 3 | version, 1 |
 * | 4 to 7 | CRC-32 of bytes 8 to the end; with segments, to the end of the table |
 * | 8 | codec |
 * | 9 | compression |
 * | 10 | flags: bit 0 is set where there are segments, bit 1 where there is a content type; all others are 0 |
 * | 11 | 0 |
 * | 12 to 15 | raw length |
 * | 16 to 19 | stored length |
 * | 20 to 23 | length of what stands between header and payload |
 * | 24 | the content type, the table of segments, the payload |
 */
export function writeFrame({ codec, compression, rawLength, payload, contentType }: FrameContent): Buffer {
  const head = contentType === undefined ? NOTHING : tableHead(contentType);
  const payloadAt = HEADER_BYTES + head.length;
  const frame = Buffer.allocUnsafe(payloadAt + payload.length);
  const storedLength = payload.length;
  const tableLength = head.length;
  writeHeader(frame, {
    codec,
    compression,
    rawLength,
    storedLength,
    tableLength,
    segmented: false,
    contentType,
  });
  if (contentType !== undefined) frame.set(head, HEADER_BYTES);
  frame.set(payload, payloadAt);
  const checked = contentType === undefined ? payload : frame.subarray(HEADER_BYTES);
  frame.writeUInt32LE(checksum(frame, CHECKED_FROM, HEADER_BYTES, checked), 4);
  return frame;
}

/** Writes all of a header but its checksum. */
export function writeHeader(
  frame: Buffer,
  header: Omit<FrameHeader, 'checksum' | 'hasContentType'> & { readonly contentType: string | undefined },
): void {
  frame[0] = MAGIC[0];
  frame[1] = MAGIC[1];
  frame[2] = MAGIC[2];
  frame[3] = FRAME_VERSION;
  frame[8] = header.codec;
  frame[9] = header.compression;
  frame[10] =
    (header.segmented ? FLAG_SEGMENTED : 0) | (header.contentType === undefined ? 0 : FLAG_CONTENT_TYPE);
  frame[11] = 0;
  frame.writeUInt32LE(header.rawLength, 12);
  frame.writeUInt32LE(header.storedLength, 16);
  frame.writeUInt32LE(header.tableLength, 20);
}

/** The content type as it is stored: its length, then its characters; nothing where there is none. */
export function tableHead(contentType: string | undefined): Buffer {
  if (contentType === undefined) return NOTHING;
  return Buffer.concat([Buffer.of(contentType.length), Buffer.from(contentType, 'latin1')]);
}

/** The content type behind a header, and where what follows it begins. The bytes have been verified. */
export function contentTypeOf(
  bytes: Buffer,
  header: FrameHeader,
): { readonly contentType: string | undefined; readonly end: number } {
  if (!header.hasContentType) return { contentType: undefined, end: HEADER_BYTES };
  const end = HEADER_BYTES + 1 + (bytes[HEADER_BYTES] ?? 0);
  const contentType = bytes.toString('latin1', HEADER_BYTES + 1, end);
  if (end > HEADER_BYTES + header.tableLength || !CONTENT_TYPE.test(contentType))
    throw corrupt('its content type is malformed');
  return { contentType, end };
}

/** Refuses, with `ERR_OPTION`, what is no content type: 1 to 255 characters of printable ASCII. */
export function assertContentType(contentType: unknown): asserts contentType is string {
  if (typeof contentType === 'string' && CONTENT_TYPE.test(contentType)) return;
  const received =
    typeof contentType === 'string'
      ? `${contentType.length} characters, not all of them`
      : describe(contentType);
  throw new OffloopError(
    'ERR_OPTION',
    `contentType must be 1 to 255 characters of printable ASCII, received ${received}`,
  );
}

/**
 * The header at the beginning of some bytes, of which the rest may not be there yet. Its lengths are not verified:
 * they may be used to ask for more, not to allocate. Throws `ERR_CORRUPT` where the bytes are no frame of version 1.
 */
export function readHeader(bytes: Buffer): FrameHeader {
  if (
    bytes.length < HEADER_BYTES ||
    bytes[0] !== MAGIC[0] ||
    bytes[1] !== MAGIC[1] ||
    bytes[2] !== MAGIC[2]
  ) {
    throw corrupt(`${bytes.length} bytes do not begin with a frame`);
  }
  if (bytes[3] !== FRAME_VERSION)
    throw corrupt(`frame version ${bytes[3]}, and this Offloop reads ${FRAME_VERSION}`);
  const flags = bytes[10] ?? 0;
  const header: FrameHeader = {
    codec: bytes[8] ?? 0,
    compression: bytes[9] ?? 0,
    rawLength: bytes.readUInt32LE(12),
    storedLength: bytes.readUInt32LE(16),
    tableLength: bytes.readUInt32LE(20),
    checksum: bytes.readUInt32LE(4),
    segmented: (flags & FLAG_SEGMENTED) !== 0,
    hasContentType: (flags & FLAG_CONTENT_TYPE) !== 0,
  };
  const isKnown = flags <= (FLAG_SEGMENTED | FLAG_CONTENT_TYPE) && bytes[11] === 0;
  if (!isKnown || (flags === 0) !== (header.tableLength === 0)) throw corrupt('the frame has unknown flags');
  return header;
}

/** Bytes of the whole frame that a header begins. */
export function frameLength(header: FrameHeader): number {
  return HEADER_BYTES + header.tableLength + header.storedLength;
}

/** The stored payload of a whole frame without segments, verified; a view of `frame`. Throws `ERR_CORRUPT`. */
export function verifiedPayload(frame: Buffer, header: FrameHeader): Buffer {
  assertLength(frame, header);
  const rest = frame.subarray(HEADER_BYTES);
  if (checksum(frame, CHECKED_FROM, HEADER_BYTES, rest) !== header.checksum)
    throw corrupt('the checksum does not match');
  if (!header.hasContentType) return rest;
  const { end } = contentTypeOf(frame, header);
  if (end !== HEADER_BYTES + header.tableLength) throw corrupt('its content type is malformed');
  return frame.subarray(end);
}

/** Throws `ERR_CORRUPT` where a frame is not as long as its header says. */
export function assertLength(frame: Buffer, header: FrameHeader): void {
  const expected = frameLength(header);
  if (frame.length !== expected)
    throw corrupt(`the frame has ${frame.length} bytes and announces ${expected}`);
}

/** Of bytes that are no frame, or not the one that was stored. */
export function corrupt(reason: string): OffloopError {
  return new OffloopError('ERR_CORRUPT', `not a stored value of Offloop: ${reason}`);
}
