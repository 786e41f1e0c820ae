/** Takes note of what a reply lies in: one that came in several pieces has memory of its own, others share the socket's. */
export declare function noteReply({ buffer, byteLength }: Buffer): void;
/**
 * The same bytes in memory that can be given away: where they are most of a reply, its own, which costs no second buffer of that
 * size; else in memory that nothing else lies in.
 */
export declare function movable(bytes: Uint8Array): Uint8Array<ArrayBuffer>;
