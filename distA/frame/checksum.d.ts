/**
 * CRC-32 (IEEE 802.3, as in gzip and PNG) of a part of a frame and the whole of the payload behind it: finds accidents,
 * does not keep out an attacker. The few bytes before the payload are done here, since a view of them to hand to zlib would
 * cost more than their checksum.
 */
export declare function checksum(header: Uint8Array, from: number, to: number, payload: Uint8Array): number;
