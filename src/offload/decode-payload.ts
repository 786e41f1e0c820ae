import type { CodecRegistry } from '../codec/registry.js';
import { segmentsOf } from '../codec/segments.js';
import type { Payload } from './tasks.js';

/** The value of a raw payload, decoded at once. */
export function decodePayload(
  registry: CodecRegistry,
  { codec: id, payload, lengths }: Pick<Payload, 'codec' | 'payload' | 'lengths'>,
): unknown {
  const codec = registry.byId(id);
  const decoder = lengths.length > 1 ? codec.segmentDecoder?.(payload.length, false) : undefined;
  if (!decoder) return codec.decode(payload, false);
  for (const segment of segmentsOf({ slabs: [payload], lengths })) decoder.next(segment);
  return decoder.end();
}
