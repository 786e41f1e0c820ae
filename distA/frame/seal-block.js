import { corrupt, HEADER_BYTES } from './frame.js';
import { readNote } from './note.js';
import { SALT_BYTES, SEAL_METHODS } from './value-seal.js';
const KEY_ID = /^[\w.-]{1,32}$/;
/** What follows stays aligned for the elements of typed arrays. */
const ALIGNMENT = 8;
const ID_AT = 2;
/** Whether a text can name a key: 1 to 32 letters, digits, dots, hyphens and underscores. */
export function isKeyId(text) {
    return KEY_ID.test(text);
}
/** Who sealed a value as it stands in a frame: method, length of the identifier, identifier, zeros up to a multiple of 8 bytes, salt. */
export function encodeSealBlock({ method, keyId, salt }) {
    const saltAt = paddedLength(keyId);
    const bytes = Buffer.alloc(saltAt + SALT_BYTES);
    bytes[0] = SEAL_METHODS[method];
    bytes[1] = keyId.length;
    bytes.write(keyId, ID_AT, 'latin1');
    bytes.set(salt, saltAt);
    return bytes;
}
/**
 * Who sealed a value, by the beginning of its frame, and where what says so ends there; undefined where nobody did. It is a
 * claim until something opens by it. Throws `ERR_CORRUPT`.
 */
export function readSealBlock(bytes, header) {
    const { end: start } = readNote(bytes, header);
    if (!header.sealed)
        return { identity: undefined, end: start };
    const keyId = bytes.toString('latin1', start + ID_AT, start + ID_AT + (bytes[start + 1] ?? 0));
    const saltAt = start + paddedLength(keyId);
    const end = saltAt + SALT_BYTES;
    const method = methodOf(bytes[start]);
    const fits = end <= HEADER_BYTES + header.tableLength && end <= bytes.length;
    if (!fits || !method || !isKeyId(keyId))
        throw corrupt('it is sealed in a way that is not known here');
    return { identity: { method, keyId, salt: Uint8Array.from(bytes.subarray(saltAt, end)) }, end };
}
function methodOf(id) {
    if (id === SEAL_METHODS.integrity)
        return 'integrity';
    return id === SEAL_METHODS.encryption ? 'encryption' : undefined;
}
function paddedLength(keyId) {
    return Math.ceil((ID_AT + keyId.length) / ALIGNMENT) * ALIGNMENT;
}
