import type { CodecRegistry } from '../codec/registry.js';
import type { Payload } from './tasks.js';
/** A form of a stored value other than the value itself. */
export type View = 'bytes' | 'json' | 'text';
/** A raw payload with what the frame says of it. */
export interface Viewed extends Pick<Payload, 'codec' | 'payload' | 'lengths'> {
    readonly contentType: string | undefined;
}
/** Whether a payload is JSON text as it stands. */
export declare function isJsonText(registry: CodecRegistry, { codec, contentType }: Omit<Viewed, 'payload' | 'lengths'>): boolean;
/**
 * The bytes that were stored: of binary data these; of a string its UTF-8, whatever it is stored in; of anything else the
 * codec's. May be a view of the payload. Throws `ERR_CORRUPT`.
 */
export declare function bytesView({ codec, payload }: Viewed): Uint8Array;
/**
 * JSON text in UTF-8, as `JSON.stringify` writes it. Throws `ERR_VALUE` where the value holds a Map, a Set, a bigint, binary
 * data, a RegExp or an Error, of which that would say nothing or something else.
 */
export declare function jsonView(registry: CodecRegistry, viewed: Viewed): Uint8Array;
/** A string as it is; binary data as UTF-8, with U+FFFD for what is none; of anything else its JSON text. */
export declare function textView(registry: CodecRegistry, viewed: Viewed): string;
