import { type FrameHeader } from './frame.js';
import { type SealIdentity } from './value-seal.js';
/** Whether a text can name a key: 1 to 32 letters, digits, dots, hyphens and underscores. */
export declare function isKeyId(text: string): boolean;
/** Who sealed a value as it stands in a frame: method, length of the identifier, identifier, zeros up to a multiple of 8 bytes, salt. */
export declare function encodeSealBlock({ method, keyId, salt }: SealIdentity): Buffer;
/**
 * Who sealed a value, by the beginning of its frame, and where what says so ends there; undefined where nobody did. It is a
 * claim until something opens by it. Throws `ERR_CORRUPT`.
 */
export declare function readSealBlock(bytes: Buffer, header: FrameHeader): {
    readonly identity: SealIdentity | undefined;
    readonly end: number;
};
