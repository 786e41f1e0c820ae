import type { CodecRegistry } from '../codec/registry.js';
import type { Payload } from './tasks.js';
/** The value of a raw payload, decoded at once. */
export declare function decodePayload(registry: CodecRegistry, { codec: id, payload, lengths }: Pick<Payload, 'codec' | 'payload' | 'lengths'>): unknown;
