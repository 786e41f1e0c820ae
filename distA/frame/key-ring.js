import { createSecretKey, randomBytes } from 'node:crypto';
import { OffloopError } from '../errors.js';
import { readSealBlock } from './seal-block.js';
import { SALT_BYTES, ValueSeal } from './value-seal.js';
/** Bytes of a key. */
export const KEY_BYTES = 32;
/** The keys that values are sealed by, and opened. Never shows them. */
export class KeyRing {
    allowsPlain;
    #writes;
    #current;
    #keys = new Map();
    #text;
    constructor(settings) {
        const { encryption, integrity, allowPlain } = settings;
        this.allowsPlain = allowPlain;
        this.#writes = encryption ? 'encryption' : 'integrity';
        this.#current = (encryption ?? integrity)?.current ?? '';
        this.#text = JSON.stringify(settings);
        for (const [method, given] of Object.entries({ encryption, integrity })) {
            for (const [id, key] of Object.entries(given?.keys ?? {}))
                this.#keys.set(`${method}:${id}`, createSecretKey(Buffer.from(key, 'base64')));
        }
    }
    /** The keys themselves, to make the same ring of in a worker. */
    secretText() {
        return this.#text;
    }
    /** Seals a new value for a physical key. */
    sealFor(physicalKey) {
        const identity = { method: this.#writes, keyId: this.#current, salt: randomBytes(SALT_BYTES) };
        return this.sealOf(identity, physicalKey);
    }
    /** Opens what was sealed. Throws `ERR_KEY_ID` where the key is not there. */
    sealOf(identity, physicalKey) {
        const master = this.#keys.get(`${identity.method}:${identity.keyId}`);
        if (master)
            return new ValueSeal(identity, master, physicalKey);
        throw unknownKey(identity, `it is none of those given in the option ${identity.method}`);
    }
}
const rings = new Map();
/** The ring of a text in this thread. */
export function ringOf(text) {
    if (text === undefined)
        return undefined;
    let ring = rings.get(text);
    if (!ring) {
        ring = new KeyRing(JSON.parse(text));
        rings.set(text, ring);
    }
    return ring;
}
/**
 * Throws `ERR_INTEGRITY` where values must be sealed and this one is not: whoever can write to Redis could otherwise put a plain
 * value in the place of a sealed one.
 */
export function assertSealed(header, ring) {
    if (header.sealed || ring === undefined || ring.allowsPlain)
        return;
    throw new OffloopError('ERR_INTEGRITY', 'the stored value is not sealed, and allowPlain of the option encryption or integrity is off');
}
/** The seal of a stored value; undefined of one that may be plain. Throws `ERR_INTEGRITY`, `ERR_KEY_ID` or `ERR_CORRUPT`. */
export function sealIn(bytes, header, { ring, key }) {
    assertSealed(header, ring);
    if (!header.sealed)
        return undefined;
    const { identity } = readSealBlock(bytes, header);
    return identity && sealBy(identity, { ring, key });
}
/** The seal of a stored value of which is known who sealed it. Throws `ERR_KEY_ID`. */
export function sealBy(identity, { ring, key }) {
    if (ring)
        return ring.sealOf(identity, key);
    throw unknownKey(identity, `the option ${identity.method} is not given`);
}
function unknownKey({ keyId }, why) {
    return new OffloopError('ERR_KEY_ID', `the stored value is sealed by the key '${keyId}': ${why}`);
}
