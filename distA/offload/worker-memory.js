import { exclusive } from '../redis/own-memory.js';
/** The elements of typed arrays that bytes become stay aligned where these begin at a multiple of it. */
const ALIGNMENT = 8;
/** Memory in which one reply of Redis lies, and nothing else. */
const replies = new WeakSet();
/** Takes note of what a reply lies in: one that came in several pieces has memory of its own, others share the socket's. */
export function noteReply({ buffer, byteLength }) {
    if (buffer instanceof ArrayBuffer && byteLength === buffer.byteLength)
        replies.add(buffer);
}
/**
 * The same bytes in memory that can be given away: where they are most of a reply, its own, which costs no second buffer of that
 * size; else in memory that nothing else lies in.
 */
export function movable(bytes) {
    const { buffer, byteOffset, byteLength } = bytes;
    const isReply = buffer instanceof ArrayBuffer && replies.has(buffer);
    if (!isReply || 2 * byteLength <= buffer.byteLength)
        return exclusive(bytes);
    if (byteOffset % ALIGNMENT === 0)
        return new Uint8Array(buffer, byteOffset, byteLength);
    new Uint8Array(buffer).copyWithin(0, byteOffset, byteOffset + byteLength);
    return new Uint8Array(buffer, 0, byteLength);
}
