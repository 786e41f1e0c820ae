import { chooseCodec } from '../codec/auto.js';
import type { Codec } from '../codec/codec.js';
import { GRAPH_KEEPS } from '../codec/graph-keeps.js';
import { assertKeepable } from '../codec/loss.js';
import { rawCodec } from '../codec/raw.js';
import { OffloopError } from '../errors.js';
import { holdsBuffer } from '../offload/crossing.js';
import { pack } from '../offload/packing.js';
import { planEncode, planWrite } from '../offload/plan.js';
import type { Counters } from '../stats.js';
import type { BulkLane } from './bulk-lane.js';
import type { CommandLane } from './command-lane.js';
import type { Operation } from './operations.js';
import type { ValueSettings } from './value-settings.js';

/** A value on its way, by the lane that it takes. Made at the call, so that later changes are not stored. */
export type PreparedWrite =
  | { readonly way: 'inline'; readonly frame: Buffer }
  | { readonly way: 'bytes'; readonly codec: number; readonly payload: Uint8Array }
  | { readonly way: 'graph'; readonly codec: number; readonly value: unknown };

/** The way of a value from the caller to Redis. */
export class ValueWriter {
  readonly #settings: ValueSettings;
  readonly #commands: CommandLane;
  readonly #bulk: BulkLane;
  readonly #counters: Counters;

  constructor(settings: ValueSettings, lanes: { commands: CommandLane; bulk: BulkLane }, counters: Counters) {
    this.#settings = settings;
    this.#commands = lanes.commands;
    this.#bulk = lanes.bulk;
    this.#counters = counters;
  }

  /** Encodes a value, or checks it where a worker is to do that. Throws `ERR_VALUE` or `ERR_VALUE_TOO_LARGE`. */
  prepare(value: unknown): PreparedWrite {
    const { codec: name, registry, offload, inlineLimitBytes, compression } = this.#settings;
    const codec = name === 'auto' ? chooseCodec(value) : registry.byName(name);
    if (planEncode(offload.encode) === 'worker' && mayCross(codec, value)) {
      return { way: 'graph', codec: codec.id, value };
    }
    const payload = codec.encode(value);
    this.#checkSize(payload.length);
    const compresses = compression !== undefined && payload.length >= compression.minBytes;
    const payloadBytes = payload.length;
    if (planWrite({ offload: offload.encode, payloadBytes, compresses, inlineLimitBytes }) === 'bytes') {
      return { way: 'bytes', codec: codec.id, payload };
    }
    const frame = pack({ codec: codec.id, payload, compression });
    return { way: 'inline', frame };
  }

  /** Sends what was prepared. */
  send(operation: Operation, key: string, write: PreparedWrite, ttlMs: number | undefined): Promise<unknown> {
    const counters = this.#counters;
    counters.writes[write.way]++;
    counters.sets++;
    if (write.way === 'inline') {
      counters.bytesWritten += write.frame.length;
      return this.#commands.set(operation, key, write.frame, ttlMs);
    }
    const stored =
      write.way === 'bytes'
        ? this.#bulk.store(operation, { key, codec: write.codec, ttlMs }, write.payload)
        : this.#bulk.storeGraph(operation, { key, codec: write.codec, ttlMs }, write.value);
    return stored.then((bytes) => {
      counters.bytesWritten += bytes;
    });
  }

  #checkSize(bytes: number): void {
    const { maxValueBytes } = this.#settings;
    if (bytes <= maxValueBytes) return;
    const text = `the value takes ${bytes} bytes, over the limit of ${maxValueBytes} (maxValueBytes); nothing was sent`;
    throw new OffloopError('ERR_VALUE_TOO_LARGE', text);
  }
}

/**
 * Whether structured clone brings a value to a worker as it is. It makes plain objects of class instances and a
 * Uint8Array of a Buffer, in silence; binary values cross as bytes anyway.
 */
function mayCross(codec: Codec, value: unknown): boolean {
  if (codec === rawCodec) return false;
  assertKeepable(value, GRAPH_KEEPS);
  return !holdsBuffer(value);
}
