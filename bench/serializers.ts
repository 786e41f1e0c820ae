import type { Codec } from '../dist/codec/codec.js';
import type { Serializer } from './codec-speed.js';

/** Offloop's codecs as they are in the package; they are no part of its public names, so they come by their file. */
const root = import.meta.resolve('offloop');
const registry: typeof import('../dist/codec/registry.js') = await import(
  new URL('./codec/registry.js', root).href
);
const auto: typeof import('../dist/codec/auto.js') = await import(new URL('./codec/auto.js', root).href);
const codecs = new registry.CodecRegistry();

/** One of Offloop's codecs, by its name; of `auto` the one that it takes for this value. */
export function codecSerializer(name: string, value: unknown): Serializer {
  // It chooses at each encoding, as a set does.
  const codecFor = (input: unknown): Codec =>
    name === 'auto' ? auto.chooseCodec(input) : codecs.byName(name);
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
