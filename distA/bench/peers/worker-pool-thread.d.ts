/** JSON text of a value as bytes that are handed over without a copy. */
export declare function encode(value: unknown): unknown;
/** The value of JSON text. It is cloned on its way to the main thread, which is what this peer shows. */
export declare function decode(bytes: Uint8Array): unknown;
