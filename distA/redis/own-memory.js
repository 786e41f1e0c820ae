/** A view of memory of its own, which structured clone takes as it is. */
export function asArray({ buffer, byteOffset, byteLength }) {
    return new Uint8Array(buffer, byteOffset, byteLength);
}
/** Bytes in memory that nothing else lies in: transferring a view would take its neighbours along. */
export function exclusive(bytes) {
    const { buffer } = bytes;
    if (buffer instanceof ArrayBuffer && buffer.byteLength === bytes.byteLength) {
        return new Uint8Array(buffer);
    }
    return new Uint8Array(bytes);
}
