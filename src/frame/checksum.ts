import { crc32 } from 'node:zlib';

const POLYNOMIAL = 0xedb88320;

/** The remainders of all bytes: the usual table of CRC-32. */
const TABLE = Int32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte;
  for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? (rest >>> 1) ^ POLYNOMIAL : rest >>> 1;
  return rest;
});

/**
 * CRC-32 (IEEE 802.3, as in gzip and PNG) of a part of a frame and the whole of the payload behind it: finds accidents,
 * does not keep out an attacker. The few bytes before the payload are done here, since a view of them to hand to zlib would
 * cost more than their checksum.
 */
export function checksum(header: Uint8Array, from: number, to: number, payload: Uint8Array): number {
  let rest = -1;
  for (let at = from; at < to; at++) rest = (TABLE[(rest ^ (header[at] ?? 0)) & 0xff] ?? 0) ^ (rest >>> 8);
  // Node 20 and 22 answer 0 for an empty view that has no memory, such as a part of an empty one.
  return payload.length === 0 ? ~rest >>> 0 : crc32(payload, ~rest >>> 0);
}
