import { type CompressionSettings, compressSync, decompressSync } from '../codec/compression.js';
import { type FrameHeader, verifiedPayload, writeFrame } from '../frame/frame.js';

/** What is packed. */
export interface Unpacked {
  /** The codec's number. */
  readonly codec: number;
  readonly payload: Uint8Array;
  readonly compression: CompressionSettings | undefined;
}

/** The frame of a payload, compressed where that is asked for and pays. */
export function pack({ codec, payload, compression }: Unpacked): Buffer {
  const packed = compression && compressSync(payload, compression);
  return writeFrame({
    codec,
    compression: compression && packed ? compression.id : 0,
    rawLength: payload.length,
    payload: packed ?? payload,
  });
}

/** The payload of a whole frame, verified and decompressed. Its raw length must have been held against the limit. */
export function unpack(frame: Buffer, header: FrameHeader): Uint8Array {
  const stored = verifiedPayload(frame, header);
  return header.compression === 0 ? stored : decompressSync(stored, header.compression, header.rawLength);
}
