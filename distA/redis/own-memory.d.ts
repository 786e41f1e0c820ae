/** A view of memory of its own, which structured clone takes as it is. */
export declare function asArray({ buffer, byteOffset, byteLength }: Uint8Array): Uint8Array<ArrayBuffer>;
/** Bytes in memory that nothing else lies in: transferring a view would take its neighbours along. */
export declare function exclusive(bytes: Uint8Array): Uint8Array<ArrayBuffer>;
