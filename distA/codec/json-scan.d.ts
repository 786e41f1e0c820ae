import { type DecodeLimits } from './limits.js';
/**
 * Holds JSON text against the limits, as far as it is JSON: what is not, the parser says afterwards. Throws `ERR_LIMIT`, and
 * `ERR_CORRUPT` where it is deeper than any codec writes. 1 to 2 ms per MB; nothing for short text, which cannot be deep.
 */
export declare function scanJson(bytes: Uint8Array, limits: DecodeLimits): void;
