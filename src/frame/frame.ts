import { OffloopError } from '../errors.js';
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
const FLAG_TYPED = 0x02;

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
  /** Bytes between header and payload: the content type and the table of segments, each where there is one. */
  readonly tableLength: number;
  /** CRC-32 of all bytes from the ninth on; in a frame with segments, up to the end of the table. */
  readonly checksum: number;
  readonly segmented: boolean;
  /** Whether there is a content type. */
  readonly typed: boolean;
}

/** What {@link writeFrame} is given. */
export interface FrameContent {
  readonly codec: number;
  readonly compression: number;
  readonly rawLength: number;
  /** The payload as it is to be stored. */
  readonly payload: Uint8Array;
  /** A content type as `encodeContentType` gives it. @default none */
  readonly contentType?: Uint8Array | undefined;
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
 * | 20 to 23 | length of the content type and the table of segments; 0 where there are none |
 * | 24 | the content type, the table, then the payload |
 */
export function writeFrame({ codec, compression, rawLength, payload, contentType }: FrameContent): Buffer {
  const tableLength = contentType?.length ?? 0;
  const payloadAt = HEADER_BYTES + tableLength;
  const frame = Buffer.allocUnsafe(payloadAt + payload.length);
  const storedLength = payload.length;
  const typed = tableLength > 0;
  writeHeader(frame, { codec, compression, rawLength, storedLength, tableLength, segmented: false, typed });
  if (contentType) frame.set(contentType, HEADER_BYTES);
  frame.set(payload, payloadAt);
  const checked = typed ? frame.subarray(HEADER_BYTES) : payload;
  frame.writeUInt32LE(checksum(frame, CHECKED_FROM, HEADER_BYTES, checked), 4);
  return frame;
}

/** Writes all of a header but its checksum. */
export function writeHeader(frame: Buffer, header: Omit<FrameHeader, 'checksum'>): void {
  frame[0] = MAGIC[0];
  frame[1] = MAGIC[1];
  frame[2] = MAGIC[2];
  frame[3] = FRAME_VERSION;
  frame[8] = header.codec;
  frame[9] = header.compression;
  frame[10] = (header.segmented ? FLAG_SEGMENTED : 0) | (header.typed ? FLAG_TYPED : 0);
  frame[11] = 0;
  frame.writeUInt32LE(header.rawLength, 12);
  frame.writeUInt32LE(header.storedLength, 16);
  frame.writeUInt32LE(header.tableLength, 20);
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
    typed: (flags & FLAG_TYPED) !== 0,
  };
  const isKnown = flags <= (FLAG_SEGMENTED | FLAG_TYPED) && bytes[11] === 0;
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
  const checked = frame.subarray(HEADER_BYTES);
  if (checksum(frame, CHECKED_FROM, HEADER_BYTES, checked) !== header.checksum)
    throw corrupt('the checksum does not match');
  return header.typed ? checked.subarray(header.tableLength) : checked;
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
