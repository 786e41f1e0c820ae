import type { Codec } from './codec.js';
/**
 * No serialization: the bytes of one string, Buffer, typed array, ArrayBuffer or DataView, after a head of eight
 * bytes. Elements are little-endian. A Buffer comes back as a Buffer, a Uint8Array as a Uint8Array.
 */
export declare const rawCodec: Codec;
