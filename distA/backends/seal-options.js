import { describe, displayKey, OffloopError } from '../errors.js';
import { KEY_BYTES, KeyRing } from '../frame/key-ring.js';
import { isKeyId } from '../frame/seal-block.js';
import { environmentName } from '../option-specs.js';
const FIELDS = ['keys', 'current', 'allowPlain'];
/** Most likely a backend has two: the old and the new one. */
const MAX_KEYS = 64;
const HEX = /^[0-9a-f]{64}$/i;
/** The keys of the options, else of the environment; undefined where there are none. Throws `ERR_OPTION`, which tells no key. */
export function resolveRing(given, environment) {
    const encryption = methodOf('encryption', given.encryption, environment);
    const integrity = methodOf('integrity', given.integrity, environment);
    if (!encryption && !integrity)
        return undefined;
    const allowPlain = encryption?.allowPlain === true || integrity?.allowPlain === true;
    return new KeyRing({ encryption: encryption?.keys, integrity: integrity?.keys, allowPlain });
}
function methodOf(method, option, environment) {
    const given = option ?? fromEnvironment(method, environment);
    if (given === undefined)
        return undefined;
    const options = recordOf(given, method);
    const unknown = Object.keys(options).find((name) => !FIELDS.includes(name));
    if (unknown !== undefined)
        throw wrong(`unknown option ${method}.${displayKey(unknown)}; known are ${FIELDS.join(', ')}`);
    const { allowPlain = false } = options;
    if (typeof allowPlain !== 'boolean')
        throw wrong(`${method}.allowPlain must be a boolean, received ${describe(allowPlain)}`);
    const entries = Object.entries(recordOf(options.keys, `${method}.keys`));
    if (entries.length === 0 || entries.length > MAX_KEYS)
        throw wrong(`${method}.keys must hold 1 to ${MAX_KEYS} keys, received ${entries.length}`);
    const keys = Object.fromEntries(entries.map(([id, key]) => [id, keyText(method, id, key)]));
    const { current = entries.length === 1 ? entries[0]?.[0] : undefined } = options;
    if (typeof current !== 'string' || !Object.hasOwn(keys, current))
        throw wrong(`${method}.current must be one of the identifiers in ${method}.keys, received ${describe(current)}`);
    return { keys: { current, keys }, allowPlain };
}
/** A key in base64. No message tells what was received, or its identifier, which may be a key in the wrong place. */
function keyText(method, id, key) {
    if (!isKeyId(id))
        throw wrong(`${method}.keys: an identifier must be 1 to 32 of A-Z a-z 0-9 . _ -, received ${describe(id)}`);
    const bytes = key instanceof Uint8Array ? Buffer.from(key) : typeof key === 'string' ? decoded(key) : undefined;
    if (bytes?.length === KEY_BYTES)
        return bytes.toString('base64');
    const received = key instanceof Uint8Array ? `${key.length} bytes` : describe(key);
    throw wrong(`${method}.keys: a key must be ${KEY_BYTES} bytes, or text of these in hexadecimal or base64, received ${received}`);
}
function decoded(text) {
    if (HEX.test(text))
        return Buffer.from(text, 'hex');
    const plain = text.replace(/=+$/, '').replaceAll('-', '+').replaceAll('_', '/');
    const bytes = Buffer.from(plain, 'base64');
    // Node leaves out what is no base64.
    return bytes.toString('base64').replace(/=+$/, '') === plain ? bytes : undefined;
}
function fromEnvironment(method, environment) {
    const [list, current, allowPlain] = FIELDS.map((field) => environment[environmentName(`${method}.${field}`)]);
    if (!list)
        return undefined;
    const keys = Object.fromEntries(list.split(',').map((pair) => {
        const at = pair.indexOf(':');
        return [pair.slice(0, Math.max(at, 0)).trim(), pair.slice(at + 1).trim()];
    }));
    const allowed = allowPlain === 'true' || allowPlain === '1';
    return { keys, allowPlain: allowed, ...(current ? { current } : {}) };
}
function recordOf(value, name) {
    if (typeof value === 'object' && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value))
        return value;
    throw wrong(`${name} must be an object, received ${describe(value)}`);
}
function wrong(message) {
    return new OffloopError('ERR_OPTION', message);
}
