import { keepsOf } from '../codec/keeps.js';
import { assertKeepable } from '../codec/loss.js';
import { rawCodec } from '../codec/raw.js';
import { decodeString, HEAD_BYTES, kindOf, UTF16LE } from '../codec/raw-kinds.js';
import { OffloopError } from '../errors.js';
import { decodePayload } from './decode-payload.js';
/** What JSON text says of a value, as `JSON.stringify` does; what it would say nothing or something else of is refused. */
const JSON_TEXT_KEEPS = keepsOf('JSON text', [
    'negativeZero',
    'nonFinite',
    'loneSurrogates',
    'undefined',
    'holes',
    'date',
    'invalidDate',
    'extremeDate',
    'protoKey',
    'keysKey',
]);
const JSON_TYPE = /^application\/(?:[\w.+-]+\+)?json(?:\s*;|$)/i;
/** Whether a payload is JSON text as it stands. */
export function isJsonText(registry, { codec, contentType }) {
    return registry.byId(codec).name === 'json' || (contentType !== undefined && JSON_TYPE.test(contentType));
}
/**
 * The bytes that were stored: of binary data these; of a string its UTF-8, whatever it is stored in; of anything else the
 * codec's. May be a view of the payload. Throws `ERR_CORRUPT`.
 */
export function bytesView({ codec, payload }) {
    if (codec !== rawCodec.id)
        return payload;
    const kind = kindOf(payload);
    const data = Buffer.from(payload.buffer, payload.byteOffset + HEAD_BYTES, payload.byteLength - HEAD_BYTES);
    return kind === UTF16LE ? Buffer.from(decodeString(kind, data), 'utf8') : data;
}
/**
 * JSON text in UTF-8, as `JSON.stringify` writes it. Throws `ERR_VALUE` where the value holds a Map, a Set, a bigint, binary
 * data, a RegExp or an Error, of which that would say nothing or something else.
 */
export function jsonView(registry, viewed) {
    if (isJsonText(registry, viewed))
        return bytesView(viewed);
    const value = decodePayload(registry, viewed);
    assertKeepable(value, JSON_TEXT_KEEPS);
    let text;
    try {
        text = JSON.stringify(value);
    }
    catch {
        throw new OffloopError('ERR_VALUE_TOO_LARGE', 'value: its JSON text is longer than a string can be here');
    }
    return Buffer.from(text, 'utf8');
}
/** A string as it is; binary data as UTF-8, with U+FFFD for what is none; of anything else its JSON text. */
export function textView(registry, viewed) {
    const value = viewed.codec === rawCodec.id ? decodePayload(registry, viewed) : undefined;
    if (typeof value === 'string')
        return value;
    const bytes = value === undefined ? jsonView(registry, viewed) : bytesView(viewed);
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
}
