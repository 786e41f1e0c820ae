import { types } from 'node:util';
import { describe, displayKey, OffloopError } from '../errors.js';
import { isContentType } from '../frame/content-type.js';
import { ttlToMilliseconds } from './arguments.js';
import { callOf } from './redis-arguments.js';
/** The options of a `setBytes` or `setStream`, checked. Throws `ERR_OPTION` and `ERR_TTL`. */
export function readBytesOptions(options, name, retry) {
    const call = callOf(options, name, retry);
    const contentType = options?.contentType;
    if (contentType === undefined || (typeof contentType === 'string' && isContentType(contentType))) {
        return { ttlMs: ttlToMilliseconds(options?.ttl), call, contentType };
    }
    throw new OffloopError('ERR_OPTION', `${name}: contentType must be 1 to 255 printable ASCII characters, received ${describe(contentType)}`);
}
/** The bytes of a `setBytes`, as a view of them. Throws `ERR_VALUE`. */
export function bytesGiven(bytes) {
    if (types.isUint8Array(bytes))
        return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (types.isArrayBuffer(bytes))
        return Buffer.from(bytes);
    throw new OffloopError('ERR_VALUE', `setBytes: the bytes must be a Buffer, Uint8Array or ArrayBuffer, received ${describe(bytes)}`);
}
/** The function of a `map`, or of another call that names one, checked as far as main can. Throws `ERR_OPTION`. */
export function moduleTarget({ module, exportName, args }, call) {
    const url = module instanceof URL ? module.href : module;
    if (typeof url !== 'string' || !url.startsWith('file:///') || !URL.canParse(url)) {
        const received = typeof url === 'string' ? displayKey(url) : describe(url);
        throw new OffloopError('ERR_OPTION', `${call}: the module must be a file: URL, received ${received}. For a file beside yours: new URL('./report.js', import.meta.url)`);
    }
    if (typeof exportName !== 'string' || exportName === '') {
        throw new OffloopError('ERR_OPTION', `${call}: the export must be a non-empty string, received ${describe(exportName)}`);
    }
    if (!Array.isArray(args))
        throw new OffloopError('ERR_OPTION', `${call}: the arguments must be an array, received ${describe(args)}`);
    return { module: url, exportName, args };
}
