import { crc32 } from 'node:zlib';

/** CRC-32 (IEEE 802.3, as in gzip and PNG) of some bytes: finds accidents, does not keep out an attacker. */
export function checksum(bytes: Uint8Array): number {
  return crc32(bytes);
}
