import { keepsOf } from '../codec/keeps.js';
import { assertKeepable } from '../codec/loss.js';
import { rawCodec } from '../codec/raw.js';
import { decodeString, HEAD_BYTES, kindOf, UTF16LE } from '../codec/raw-kinds.js';
import type { CodecRegistry } from '../codec/registry.js';
import { OffloopError } from '../errors.js';
import { decodePayload } from './decode-payload.js';
import type { Payload } from './tasks.js';

/** A form of a stored value other than the value itself. */
export type View = 'bytes' | 'json' | 'text';

/** A raw payload with what the frame says of it. */
export interface Viewed extends Pick<Payload, 'codec' | 'payload' | 'lengths'> {
  readonly contentType: string | undefined;
}

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
const QUOTE = 0x22;
const JSON_TYPE = /^application\/(?:[\w.+-]+\+)?json(?:\s*;|$)/i;

/** Whether a payload is JSON text as it stands. */
export function isJsonText(
  registry: CodecRegistry,
  { codec, contentType }: Omit<Viewed, 'payload' | 'lengths'>,
): boolean {
  return registry.byId(codec).name === 'json' || (contentType !== undefined && JSON_TYPE.test(contentType));
}

/**
 * The bytes that were stored: of binary data these; of a string its UTF-8, whatever it is stored in; of anything else the
 * codec's. May be a view of the payload. Throws `ERR_CORRUPT`.
 */
export function bytesView({ codec, payload }: Viewed): Uint8Array {
  if (codec !== rawCodec.id) return payload;
  const kind = kindOf(payload);
  const data = Buffer.from(payload.buffer, payload.byteOffset + HEAD_BYTES, payload.byteLength - HEAD_BYTES);
  return kind === UTF16LE ? Buffer.from(decodeString(kind, data), 'utf8') : data;
}

/**
 * JSON text in UTF-8, as `JSON.stringify` writes it. Throws `ERR_VALUE` where the value holds a Map, a Set, a bigint, binary
 * data, a RegExp or an Error, of which that would say nothing or something else.
 */
export function jsonView(registry: CodecRegistry, viewed: Viewed): Uint8Array {
  if (isJsonText(registry, viewed)) return bytesView(viewed);
  return Buffer.from(jsonOf(decodePayload(registry, viewed)), 'utf8');
}

function jsonOf(value: unknown): string {
  assertKeepable(value, JSON_TEXT_KEEPS);
  try {
    return JSON.stringify(value);
  } catch {
    throw new OffloopError('ERR_VALUE_TOO_LARGE', 'value: its JSON text is longer than a string can be here');
  }
}

/** A string as it is; binary data as UTF-8, with U+FFFD for what is none; of anything else its JSON text. */
export function textView(registry: CodecRegistry, viewed: Viewed): string {
  const { codec, payload } = viewed;
  // JSON text is not looked at, unless it is that of a string.
  if (codec !== rawCodec.id && isJsonText(registry, viewed) && payload[0] !== QUOTE) return utf8Of(payload);
  const value = decodePayload(registry, viewed);
  if (typeof value === 'string') return value;
  if (codec === rawCodec.id) return utf8Of(bytesView(viewed));
  if (ArrayBuffer.isView(value)) return utf8Of(value);
  return value instanceof ArrayBuffer ? utf8Of(new Uint8Array(value)) : jsonOf(value);
}

function utf8Of({ buffer, byteOffset, byteLength }: ArrayBufferView): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString('utf8');
}
