import { type FrameHeader } from './frame.js';
/** Whether a text can be a content type: 1 to 255 printable ASCII characters. */
export declare function isContentType(text: string): boolean;
/** A content type as it stands in a frame: one byte of length, the characters, zeros up to a multiple of 8 bytes. */
export declare function encodeContentType(text: string | undefined): Buffer | undefined;
/**
 * The content type in the beginning of a frame, and where it ends there; undefined where there is none. Throws
 * `ERR_CORRUPT`. It is verified with the frame's checksum, not here.
 */
export declare function readContentType(bytes: Buffer, header: FrameHeader): {
    text: string | undefined;
    end: number;
};
