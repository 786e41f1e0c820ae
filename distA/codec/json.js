import { isUtf8 } from 'node:buffer';
import { OffloopError } from '../errors.js';
import { scanJson } from './json-scan.js';
import { keepsOf } from './keeps.js';
import { DEFAULT_LIMITS } from './limits.js';
import { assertKeepable } from './loss.js';
/** What the json codec keeps. */
export const JSON_KEEPS = keepsOf('json', ['loneSurrogates', 'protoKey', 'keysKey']);
/** JSON text in UTF-8, for values that other programs read too. Refuses all that JSON has no word for. */
export const jsonCodec = {
    name: 'json',
    id: 1,
    encode(value) {
        assertKeepable(value, JSON_KEEPS);
        let text;
        try {
            text = JSON.stringify(value);
        }
        catch (error) {
            if (error instanceof RangeError) {
                throw new OffloopError('ERR_VALUE_TOO_LARGE', 'value: its JSON text is longer than a string can be here');
            }
            throw new OffloopError('ERR_VALUE', 'value cannot be written: it changed meanwhile');
        }
        if (text === undefined)
            throw new OffloopError('ERR_VALUE', 'value cannot be written: it changed meanwhile');
        return Buffer.from(text, 'utf8');
    },
    decode(bytes, _owned, limits = DEFAULT_LIMITS) {
        scanJson(bytes, limits);
        if (!isUtf8(bytes))
            throw new OffloopError('ERR_CORRUPT', 'json payload: it is not UTF-8');
        try {
            const value = JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'));
            return value;
        }
        catch {
            // The message of JSON.parse quotes the text.
            throw new OffloopError('ERR_CORRUPT', 'json payload: it is not JSON');
        }
    },
};
