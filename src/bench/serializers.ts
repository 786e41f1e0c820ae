import { chooseCodec } from '../codec/auto.js';
import type { Codec } from '../codec/codec.js';
import { CodecRegistry } from '../codec/registry.js';
import { encodeSegments, onePiece } from '../codec/segments.js';
import { giveBack } from '../codec/slabs.js';
import { decodePayload } from '../offload/decode-payload.js';
import type { Serializer } from './codec-speed.js';

const codecs = new CodecRegistry();

/**
 * One of Offloop's codecs, by its name; of `auto` the one that it takes for this value. As a set and a get use it: in segments,
 * whose memory comes back once they are stored.
 */
export function codecSerializer(name: string, value: unknown): Serializer {
  // It chooses at each encoding, as a set does.
  const codecFor = (input: unknown): Codec => (name === 'auto' ? chooseCodec(input) : codecs.byName(name));
  const { id } = codecFor(value);
  return {
    name,
    encode(input) {
      const { slabs, lengths } = encodeSegments(codecFor(input), input);
      return { pieces: slabs, lengths };
    },
    release: ({ pieces }) => giveBack(pieces.map(({ buffer }) => buffer as ArrayBuffer)),
    decode: ({ bytes, lengths }) => decodePayload(codecs, { codec: id, payload: bytes, lengths }),
  };
}

/** One that gives bytes all in one, of which a backend cuts pieces. */
export function wholeSerializer(
  name: string,
  {
    encode,
    decode,
  }: { readonly encode: (value: unknown) => Uint8Array; readonly decode: (bytes: Uint8Array) => unknown },
): Serializer {
  return {
    name,
    encode(value) {
      const { slabs, lengths } = onePiece({}, encode(value));
      return { pieces: slabs, lengths };
    },
    decode: ({ bytes }) => decode(bytes),
  };
}

/** JSON text in UTF-8. */
export function jsonSerializer(name: string): Serializer {
  return wholeSerializer(name, {
    encode: (value) => Buffer.from(JSON.stringify(value)),
    decode: (bytes) => JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString()),
  });
}
