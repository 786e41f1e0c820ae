/** A whole frame, for the command connection. A class, not a literal, as it lives as long as the write: see `Running`. */
export class InlineWrite {
    way = 'inline';
    frame;
    constructor(frame) {
        this.frame = frame;
    }
}
/** Bytes that a prepared write holds. */
export function heldBytes(write) {
    if (write.way === 'inline')
        return write.frame.length;
    return write.way === 'graph' ? 0 : write.bytes;
}
