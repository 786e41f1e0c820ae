/**
 * Whether structured clone brings a value to a worker as it is: it makes a Uint8Array of a Buffer and a plain object of a class
 * instance, in silence.
 */
export declare function crosses(value: unknown): boolean;
/**
 * Whether a Buffer is anywhere in a decoded or checked value. Structured clone turns it into a Uint8Array, so such a
 * value must not cross between threads as a graph. The value holds no cycle: codecs neither write nor make one.
 */
export declare function holdsBuffer(value: unknown): boolean;
