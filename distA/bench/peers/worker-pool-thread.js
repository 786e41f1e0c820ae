import { move } from 'piscina';
/** JSON text of a value as bytes that are handed over without a copy. */
export function encode(value) {
    const bytes = new TextEncoder().encode(JSON.stringify(value));
    return move(bytes);
}
/** The value of JSON text. It is cloned on its way to the main thread, which is what this peer shows. */
export function decode(bytes) {
    return JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString());
}
