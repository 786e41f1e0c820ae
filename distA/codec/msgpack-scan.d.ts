import { type DecodeLimits } from './limits.js';
/**
 * Checks that the bytes are one MessagePack value of the kind that this package's packer writes, before any decoder
 * sees them. Throws `ERR_CORRUPT` otherwise, with the position. The guarantees are those of `scanCbor`: nothing over the limits (else `ERR_LIMIT`), lengths
 * within the bytes, nothing left over, bounded nesting, and of the extensions only undefined (0), bigint (0x42),
 * record definitions (0x72), sets (0x73), typed arrays (0x74) and dates (0xff): no errors, RegExps, references,
 * pointers or bundled strings, and no extension that other code registered with msgpackr.
 */
export declare function scanMsgpack(bytes: Uint8Array, limits: DecodeLimits): void;
