import type { Codec } from './codec.js';
/** A codec of the user's own. It is named by a module, so that workers can load it too. */
export interface CustomCodec {
    /** The name in options and messages: 1 to 32 of `a-z`, `0-9` and `-`, and not one of Offloop's own. */
    readonly name: string;
    /** The number in the stored frame, 64 to 255. It must never change its meaning while such values are stored. */
    readonly id: number;
    /**
     * An absolute path, a `file:` URL, or the name of an installed package. The module exports two synchronous
     * functions: `encode(value): Uint8Array` and `decode(bytes: Uint8Array): unknown`.
     */
    readonly module: string;
}
/** Ids from here on, to 255, are free for custom codecs. */
export declare const FIRST_CUSTOM_ID = 64;
/** A registered custom codec; usable once it is loaded. */
export declare class LoadableCodec implements Codec {
    #private;
    readonly name: string;
    readonly id: number;
    readonly module: string;
    /** Throws `ERR_OPTION` where a field is missing or out of its bounds. */
    constructor(options: CustomCodec);
    /** Imports the module, once. Throws `ERR_CODEC` where that fails or an export is missing. */
    load(): Promise<void>;
    encode(value: unknown): Uint8Array;
    decode(bytes: Uint8Array, owned: boolean): unknown;
}
