import type { FrameHeader } from './frame.js';
import { type SealIdentity, ValueSeal } from './value-seal.js';
/** Bytes of a key. */
export declare const KEY_BYTES = 32;
/** The keys of one method. */
export interface MethodKeys {
    /** The identifier of the key that new values are sealed by. */
    readonly current: string;
    /** Keys in base64, by identifier. */
    readonly keys: Readonly<Record<string, string>>;
}
/** What a ring is made of; plain data, which crosses to a worker as text. */
export interface RingSettings {
    readonly encryption: MethodKeys | undefined;
    readonly integrity: MethodKeys | undefined;
    /** Whether values that nobody sealed are read. */
    readonly allowPlain: boolean;
}
/** What a stored value is opened by: the keys, and the physical key of Redis that it was found under. */
export interface Opener {
    readonly ring: KeyRing | undefined;
    readonly key: string;
    /** Segments that it may have. @default any number */
    readonly maxSegments?: number;
}
/** The keys that values are sealed by, and opened. Never shows them. */
export declare class KeyRing {
    #private;
    readonly allowsPlain: boolean;
    constructor(settings: RingSettings);
    /** The keys themselves, to make the same ring of in a worker. */
    secretText(): string;
    /** Seals a new value for a physical key. */
    sealFor(physicalKey: string): ValueSeal;
    /** Opens what was sealed. Throws `ERR_KEY_ID` where the key is not there. */
    sealOf(identity: SealIdentity, physicalKey: string): ValueSeal;
}
/** The ring of a text in this thread. */
export declare function ringOf(text: string | undefined): KeyRing | undefined;
/**
 * Throws `ERR_INTEGRITY` where values must be sealed and this one is not: whoever can write to Redis could otherwise put a plain
 * value in the place of a sealed one.
 */
export declare function assertSealed(header: FrameHeader, ring: KeyRing | undefined): void;
/** The seal of a stored value; undefined of one that may be plain. Throws `ERR_INTEGRITY`, `ERR_KEY_ID` or `ERR_CORRUPT`. */
export declare function sealIn(bytes: Buffer, header: FrameHeader, { ring, key }: Opener): ValueSeal | undefined;
/** The seal of a stored value of which is known who sealed it. Throws `ERR_KEY_ID`. */
export declare function sealBy(identity: SealIdentity, { ring, key }: Opener): ValueSeal;
