import type { Codec } from '../codec/codec.js';
import type { Payload } from './tasks.js';
/** A value on its way to main, which decodes it in slices. Throws as `encode` of the codec does. */
export declare function encodedPayload(codec: Codec, value: unknown, storedBytes: number): Payload;
