import { type KeyObject } from 'node:crypto';
/** Bytes that a seal adds to each message that it covers. */
export declare const TAG_BYTES = 16;
/** Bytes of the random part of a value's own key. */
export declare const SALT_BYTES = 16;
/** How a value is sealed, by its number in the stored frame, which never changes its meaning. */
export declare const SEAL_METHODS: {
    readonly integrity: 1;
    readonly encryption: 2;
};
/** `integrity`: HMAC-SHA-256, and everybody can read it. `encryption`: AES-256-GCM. */
export type SealMethod = keyof typeof SEAL_METHODS;
/** One of the messages that a sealed value consists of. */
export interface SealedMessage {
    /** 0 for the head of a frame, its payload or outline included; segments from 1. Unique within the value. */
    readonly index: number;
    /** What has to be the same when it is opened, besides the message. */
    readonly bound: Uint8Array;
}
/** Whose key it is, and which value's. */
export interface SealIdentity {
    readonly method: SealMethod;
    /** The identifier of the key that the value's own is derived from. */
    readonly keyId: string;
    readonly salt: Uint8Array;
}
/**
 * Seals and opens the messages of one value, by a key that is the value's alone: HKDF-Expand (RFC 5869, section 2.3; the
 * given key is uniformly random, so there is nothing to extract) over method, random salt and physical key, with
 * HMAC-SHA-256. What was sealed for another key of Redis, or for another value of the same key, therefore does not
 * open. Since each derived key seals one value once, the number of a message can be its nonce: the deterministic
 * construction of NIST SP 800-38D, section 8.2.1, whose limit on random nonces (section 8.3: 2^32 messages a key) does
 * not apply. Two of 2^48 values have the same salt with a probability of 2^-33.
 */
export declare class ValueSeal {
    #private;
    readonly identity: SealIdentity;
    constructor(identity: SealIdentity, master: KeyObject, physicalKey: string);
    /** Writes a sealed message, `TAG_BYTES` longer than the plain one, at a place in a frame. */
    write(frame: Buffer, at: number, plain: Uint8Array, message: SealedMessage): void;
    /**
     * The plain message again, which may be a view of what was given. Throws `ERR_INTEGRITY` where it is not what was sealed,
     * for this key and at this place; nothing is given out before that is known.
     */
    open(sealed: Uint8Array, message: SealedMessage): Buffer;
}
