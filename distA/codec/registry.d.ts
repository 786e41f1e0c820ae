import type { Codec } from './codec.js';
import { type CustomCodec } from './custom-codec.js';
import { type DecodeLimits } from './limits.js';
export { type CustomCodec, FIRST_CUSTOM_ID } from './custom-codec.js';
/** What a registry is made of, as plain data. */
export interface RegistrySettings {
    readonly custom: readonly CustomCodec[];
    readonly limits: DecodeLimits;
}
/** Knows the codecs by name, for writing, and by id, for reading what is stored. */
export declare class CodecRegistry {
    #private;
    /** What is read has to be within them. */
    readonly limits: DecodeLimits;
    /**
     * @param custom codecs of the user's own, besides the built-in ones. @default []
     * @param limits of what is read by `byId`. @default those of what Offloop writes
     * Throws `ERR_OPTION` where one is out of bounds, or a name or an id is there twice.
     */
    constructor(custom?: readonly CustomCodec[], limits?: DecodeLimits);
    /** To make the same registry of in a worker. */
    get settings(): RegistrySettings;
    /** The names, built-in ones first. */
    get names(): readonly string[];
    /** Imports the modules of the custom codecs. Throws `ERR_CODEC` for the first that cannot be used. */
    load(): Promise<void>;
    /**
     * The codec of that name, for writing. Throws `ERR_OPTION` where there is none, and `ERR_MISSING_PACKAGE` where
     * its package is not installed.
     */
    byName(name: string): Codec;
    /** The codec of that id, for reading. Throws `ERR_CODEC` where there is none. */
    byId(id: number): Codec;
}
