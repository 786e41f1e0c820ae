import { createCipheriv, createDecipheriv, createHmac, timingSafeEqual } from 'node:crypto';
import { OffloopError } from '../errors.js';
/** Bytes that a seal adds to each message that it covers. */
export const TAG_BYTES = 16;
/** Bytes of the random part of a value's own key. */
export const SALT_BYTES = 16;
const NONCE_BYTES = 12;
/** What the derived key is for; another layout gets another. */
const LABEL = 'offloop frame 2';
/** How a value is sealed, by its number in the stored frame, which never changes its meaning. */
export const SEAL_METHODS = { integrity: 1, encryption: 2 };
/**
 * Seals and opens the messages of one value, by a key that is the value's alone: HKDF-Expand (RFC 5869, section 2.3; the
 * given key is uniformly random, so there is nothing to extract) over method, random salt and physical key, with
 * HMAC-SHA-256. What was sealed for another key of Redis, or for another value of the same key, therefore does not
 * open. Since each derived key seals one value once, the number of a message can be its nonce: the deterministic
 * construction of NIST SP 800-38D, section 8.2.1, whose limit on random nonces (section 8.3: 2^32 messages a key) does
 * not apply. Two of 2^48 values have the same salt with a probability of 2^-33.
 */
export class ValueSeal {
    identity;
    #key;
    constructor(identity, master, physicalKey) {
        this.identity = identity;
        const { method, salt } = identity;
        this.#key = createHmac('sha256', master)
            .update(LABEL)
            .update(Uint8Array.of(SEAL_METHODS[method]))
            .update(salt)
            .update(physicalKey)
            .update(Uint8Array.of(1))
            .digest();
    }
    /** Writes a sealed message, `TAG_BYTES` longer than the plain one, at a place in a frame. */
    write(frame, at, plain, message) {
        const tagAt = at + plain.length;
        if (this.identity.method === 'integrity') {
            frame.set(plain, at);
            frame.set(this.#mac(plain, message), tagAt);
            return;
        }
        const cipher = createCipheriv('aes-256-gcm', this.#key, nonce(message), { authTagLength: TAG_BYTES });
        cipher.setAAD(message.bound);
        frame.set(cipher.update(plain), at);
        cipher.final();
        frame.set(cipher.getAuthTag(), tagAt);
    }
    /**
     * The plain message again, which may be a view of what was given. Throws `ERR_INTEGRITY` where it is not what was sealed,
     * for this key and at this place; nothing is given out before that is known.
     */
    open(sealed, message) {
        const { buffer, byteOffset, length } = sealed;
        const end = length - TAG_BYTES;
        if (end < 0)
            throw notVerified();
        const body = Buffer.from(buffer, byteOffset, end);
        const tag = sealed.subarray(end);
        if (this.identity.method === 'integrity') {
            if (!timingSafeEqual(this.#mac(body, message), tag))
                throw notVerified();
            return body;
        }
        const cipher = createDecipheriv('aes-256-gcm', this.#key, nonce(message), { authTagLength: TAG_BYTES });
        cipher.setAAD(message.bound);
        cipher.setAuthTag(tag);
        const plain = cipher.update(body);
        try {
            cipher.final();
        }
        catch {
            throw notVerified();
        }
        return plain;
    }
    /** The first 128 bits of HMAC-SHA-256. */
    #mac(plain, { index, bound }) {
        return createHmac('sha256', this.#key)
            .update(Uint32Array.of(index, bound.length))
            .update(bound)
            .update(plain)
            .digest()
            .subarray(0, TAG_BYTES);
    }
}
function nonce({ index }) {
    const bytes = Buffer.alloc(NONCE_BYTES);
    bytes.writeUInt32LE(index);
    return bytes;
}
function notVerified() {
    return new OffloopError('ERR_INTEGRITY', 'the stored value does not verify: it was changed, moved from another key or sealed by another key');
}
