import { chooseCodec } from '../codec/auto.js';
import type { Codec } from '../codec/codec.js';
import { CodecRegistry } from '../codec/registry.js';
import type { Serializer } from './codec-speed.js';

const codecs = new CodecRegistry();

/** One of Offloop's codecs, by its name; of `auto` the one that it takes for this value. */
export function codecSerializer(name: string, value: unknown): Serializer {
  // It chooses at each encoding, as a set does.
  const codecFor = (input: unknown): Codec => (name === 'auto' ? chooseCodec(input) : codecs.byName(name));
  const reading = codecFor(value);
  return {
    name,
    encode: (input) => codecFor(input).encode(input),
    decode: (bytes) => reading.decode(bytes, false),
  };
}

/** JSON text in UTF-8. */
export function jsonSerializer(name: string): Serializer {
  return {
    name,
    encode: (value) => Buffer.from(JSON.stringify(value)),
    decode: (bytes) => JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString()),
  };
}
