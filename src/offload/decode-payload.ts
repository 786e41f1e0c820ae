import type { CodecRegistry } from '../codec/registry.js';
import type { Payload } from './tasks.js';

/** The value of a raw payload, decoded at once. */
export function decodePayload(
  registry: CodecRegistry,
  { codec: id, payload, lengths }: Pick<Payload, 'codec' | 'payload' | 'lengths'>,
): unknown {
  const codec = registry.byId(id);
  const decoder = lengths.length > 1 ? codec.segmentDecoder?.(payload.length, false) : undefined;
  if (!decoder) return codec.decode(payload, false);
  for (const segment of cut(payload, lengths)) decoder.next(segment);
  return decoder.end();
}

/** The segments of a payload. */
export function* cut(payload: Uint8Array, lengths: Uint32Array): Generator<Uint8Array> {
  let from = 0;
  for (const length of lengths) {
    yield payload.subarray(from, from + length);
    from += length;
  }
}
