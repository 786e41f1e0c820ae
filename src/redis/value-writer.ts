import { chooseCodec } from '../codec/auto.js';
import type { Codec } from '../codec/codec.js';
import { GRAPH_KEEPS } from '../codec/graph-keeps.js';
import { assertKeepable } from '../codec/loss.js';
import { rawCodec } from '../codec/raw.js';
import { RawChunks } from '../codec/raw-chunks.js';
import { onePiece, SEGMENT_BYTES, type SegmentEncoder, type SegmentedPayload } from '../codec/segments.js';
import { OffloopError } from '../errors.js';
import { holdsBuffer } from '../offload/crossing.js';
import { pack, packSegments } from '../offload/packing.js';
import { planEncode, planWrite } from '../offload/plan.js';
import { slices } from '../offload/slices.js';
import type { Counters } from '../stats.js';
import type { BulkLane } from './bulk-lane.js';
import { type ChunkSource, takeChunks } from './chunk-source.js';
import type { CommandLane } from './command-lane.js';
import type { Operation } from './operations.js';
import type { ValueSettings } from './value-settings.js';

/** How a value is to be written. */
export interface WriteWish {
  /** Whether the value may be changed as soon as the call returns: it is then encoded at once, however large it is. */
  readonly snapshot: boolean;
  /** The codec to use instead of the one of the settings. @default none */
  readonly codec?: Codec | undefined;
  /** @default none */
  readonly contentType?: string | undefined;
  /** Whether anybody still waits for it. */
  stillWanted(): boolean;
}

/** A value on its way, by the lane that it takes. */
export type PreparedWrite =
  | { readonly way: 'inline'; readonly frame: Buffer }
  | {
      readonly way: 'bytes';
      readonly codec: number;
      readonly payload: SegmentedPayload;
      readonly contentType: string | undefined;
    }
  | { readonly way: 'graph'; readonly codec: number; readonly value: unknown }
  /** Still being encoded; which way it then goes depends on its size. */
  | { readonly way: 'sliced'; readonly encoded: Promise<PreparedWrite> };

type Typed = Pick<WriteWish, 'contentType'>;

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

  /**
   * Encodes a value: at once where it is small, in slices where it is not; or checks it where a worker is to encode it.
   * Throws `ERR_VALUE` or `ERR_VALUE_TOO_LARGE`.
   */
  prepare(value: unknown, wish: WriteWish): PreparedWrite {
    const { codec: name, registry, offload } = this.#settings;
    const codec = wish.codec ?? (name === 'auto' ? chooseCodec(value) : registry.byName(name));
    if (planEncode(offload.encode) === 'worker' && mayCross(codec, value)) {
      return { way: 'graph', codec: codec.id, value };
    }
    const encoder = codec.segmentEncoder?.(value, SEGMENT_BYTES);
    if (encoder === undefined) return this.#whole(codec, codec.encode(value), wish);
    if (!encoder.next()) return this.#whole(codec, encoder.whole(), wish);
    return this.#sliced(codec, encoder, wish);
  }

  /** Takes in chunks of bytes until there are no more. Rejects as {@link takeChunks} does, and with `ERR_VALUE_TOO_LARGE`. */
  async gather(
    source: ChunkSource,
    {
      contentType,
      signal,
    }: { readonly contentType: string | undefined; readonly signal: AbortSignal | undefined },
  ): Promise<PreparedWrite> {
    const chunks = new RawChunks();
    const take = (chunk: Uint8Array): void => {
      this.#checkSize(chunks.bytes + chunk.length);
      chunks.add(chunk);
    };
    await takeChunks(source, { take, signal });
    return this.#segmented(rawCodec, chunks, { contentType });
  }

  /** Sends what was prepared. */
  send(operation: Operation, key: string, write: PreparedWrite, ttlMs: number | undefined): Promise<unknown> {
    if (write.way !== 'inline') return this.#sendLarge(operation, key, write, ttlMs);
    // Not by a further promise, which would be seen in the throughput of small values.
    const counters = this.#counters;
    counters.writes.inline++;
    counters.sets++;
    counters.bytesWritten += write.frame.length;
    return this.#commands.set(operation, key, write.frame, ttlMs);
  }

  async #sendLarge(
    operation: Operation,
    key: string,
    write: Exclude<PreparedWrite, { way: 'inline' }>,
    ttlMs: number | undefined,
  ): Promise<unknown> {
    if (write.way === 'sliced') {
      const encoded = await write.encoded;
      if (operation.settled) throw new OffloopError('ERR_ABORTED', 'nobody waits for this value any more');
      return this.send(operation, key, encoded, ttlMs);
    }
    const counters = this.#counters;
    counters.writes[write.way]++;
    counters.sets++;
    const target = { key, codec: write.codec, ttlMs };
    counters.bytesWritten += await (write.way === 'bytes'
      ? this.#bulk.store(operation, { ...target, contentType: write.contentType }, write.payload)
      : this.#bulk.storeGraph(operation, target, write.value));
    return undefined;
  }

  #whole(codec: Codec, payload: Uint8Array, { contentType }: Typed): PreparedWrite {
    this.#checkSize(payload.length);
    if (this.#goesInline(payload.length)) {
      const { compression } = this.#settings;
      return { way: 'inline', frame: pack({ codec: codec.id, payload, compression, contentType }) };
    }
    return { way: 'bytes', codec: codec.id, payload: onePiece(codec, payload), contentType };
  }

  #sliced(codec: Codec, encoder: SegmentEncoder, wish: WriteWish): PreparedWrite {
    const { sliceMs } = this.#settings;
    const step = (): boolean => {
      const more = encoder.next();
      this.#checkSize(encoder.bytes);
      return more;
    };
    if (wish.snapshot) {
      while (step());
      return this.#segmented(codec, encoder, wish);
    }
    const rest = slices.run({ sliceMs, step, stillWanted: () => wish.stillWanted() });
    if (rest === undefined) return this.#segmented(codec, encoder, wish);
    const encoded = rest.then(() => this.#segmented(codec, encoder, wish));
    // It may fail before its turn on the key, which is where that is taken up.
    encoded.catch(() => {});
    return { way: 'sliced', encoded };
  }

  #segmented(
    codec: Codec,
    encoded: Pick<SegmentEncoder, 'bytes' | 'take'>,
    { contentType }: Typed,
  ): PreparedWrite {
    const payload = encoded.take();
    if (!this.#goesInline(encoded.bytes)) return { way: 'bytes', codec: codec.id, payload, contentType };
    const { compression } = this.#settings;
    return { way: 'inline', frame: packSegments({ codec: codec.id, payload, compression, contentType }) };
  }

  #goesInline(payloadBytes: number): boolean {
    const { offload, inlineLimitBytes, compression } = this.#settings;
    const compresses = compression !== undefined && payloadBytes >= compression.minBytes;
    return planWrite({ offload: offload.encode, payloadBytes, compresses, inlineLimitBytes }) === 'inline';
  }

  #checkSize(bytes: number): void {
    const { maxValueBytes } = this.#settings;
    if (bytes <= maxValueBytes) return;
    const text = `the value takes ${bytes} bytes or more, over the limit of ${maxValueBytes} (maxValueBytes); nothing was sent`;
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
