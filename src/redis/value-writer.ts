import { chooseCodec } from '../codec/auto.js';
import type { Codec } from '../codec/codec.js';
import { GRAPH_KEEPS } from '../codec/graph-keeps.js';
import { assertKeepable } from '../codec/loss.js';
import { rawCodec } from '../codec/raw.js';
import { RawChunks } from '../codec/raw-chunks.js';
import {
  isDecodedWhole,
  onePiece,
  SEGMENT_BYTES,
  type SegmentEncoder,
  type SegmentedPayload,
} from '../codec/segments.js';
import { OffloopError } from '../errors.js';
import { keepShape } from '../kept-shapes.js';
import { crosses, holdsBuffer } from '../offload/crossing.js';
import { pack, packSegments } from '../offload/packing.js';
import { planEncode, planWrite } from '../offload/plan.js';
import { type Shape, shapeOf } from '../offload/shape.js';
import type { Made } from '../offload/tasks.js';
import type { Counters } from '../stats.js';
import type { BulkWrite } from './bulk-calls.js';
import type { BulkLane } from './bulk-lane.js';
import { type ChunkSource, takeChunks } from './chunk-source.js';
import type { CommandLane } from './command-lane.js';
import { type Fence, moveFenced, storeFenced, TEMPORARY_MS } from './fence.js';
import type { Lanes } from './large-reader.js';
import { temporaryName } from './lease-names.js';
import { MadeValues } from './made-values.js';
import type { Operation } from './operation.js';
import { heldBytes, InlineWrite, type PreparedWrite } from './prepared-write.js';
import type { Stop } from './stop.js';
import type { ValueSettings } from './value-settings.js';

/** How a value is to be written. */
export interface WriteWish {
  /** The physical key, to which a sealed value is bound. */
  readonly key: string;
  /** Whether the value may be changed as soon as the call returns: it is then encoded at once, however large it is. */
  readonly snapshot: boolean;
  /** The codec to use instead of the one of the settings. @default none */
  readonly codec?: Codec | undefined;
  /** @default none */
  readonly contentType?: string | undefined;
  /** What is stored beside it: 1 to 4096 bytes. @default none */
  readonly note?: Uint8Array | undefined;
  /** Whether anybody still waits for it. */
  stillWanted(): boolean;
}

/** What may go to a worker before it is encoded. */
interface Graph {
  readonly codec: Codec;
  readonly shape: Shape;
  readonly value: unknown;
  readonly wish: WriteWish;
}

/** Chunks that are taken in. */
type Gathering = Pick<WriteWish, 'key' | 'contentType'> & { readonly stop: Stop };

/** How a value is being encoded. */
interface Encoding {
  readonly key: string;
  readonly codec: Codec;
  readonly shape: Shape;
  readonly contentType: string | undefined;
  readonly note: Uint8Array | undefined;
}

/** Where a value goes. A class, not a literal, as it lives as long as the write: see `Running`. */
export class Place {
  readonly key: string;
  readonly ttlMs: number | undefined;
  /** What has to hold for it to be stored; the answer is then 1, else 0. */
  readonly fence: Fence | undefined;

  constructor(key: string, ttlMs: number | undefined, fence?: Fence) {
    this.key = key;
    this.ttlMs = ttlMs;
    this.fence = fence;
  }
}

/** The way of a value from the caller to Redis. */
export class ValueWriter {
  /** Values that workers make. */
  readonly made: MadeValues;
  readonly #settings: ValueSettings;
  readonly #commands: CommandLane;
  readonly #bulk: BulkLane;
  readonly #counters: Counters;

  constructor(settings: ValueSettings, lanes: Lanes, counters: Counters) {
    this.#settings = settings;
    this.#commands = lanes.commands;
    this.#bulk = lanes.bulk;
    this.made = new MadeValues(settings, lanes);
    this.#counters = counters;
  }

  /**
   * Encodes a value: at once where it is small, in slices where it is not; or checks it where a worker is to encode it.
   * Throws `ERR_VALUE` or `ERR_VALUE_TOO_LARGE`.
   */
  prepare(value: unknown, wish: WriteWish): PreparedWrite {
    const { codec: name, registry, plan } = this.#settings;
    const codec = wish.codec ?? (name === 'auto' ? chooseCodec(value) : registry.byName(name));
    const shape = shapeOf(value);
    const { note } = wish;
    if (this.#goesAsGraph({ codec, shape, value, wish }))
      return { way: 'graph', codec: codec.id, value, note };
    const encoder = codec.segmentEncoder?.(value, SEGMENT_BYTES);
    const encoding = { key: wish.key, codec, shape, contentType: wish.contentType, note };
    if (encoder === undefined) {
      const start = performance.now();
      const payload = codec.encode(value);
      plan.encoded(shape, payload.length, performance.now() - start);
      return this.#whole(encoding, payload);
    }
    if (!encoder.next()) return this.#whole(encoding, encoder.whole());
    return this.#sliced(encoding, encoder, wish);
  }

  /** Whether a worker is to encode it. Throws `ERR_VALUE` where that was asked for and a clone would lose something. */
  #goesAsGraph({ codec, shape, value, wish }: Graph): boolean {
    const { offload, plan } = this.#settings;
    // Binary values cross as bytes anyway.
    if (codec === rawCodec) return false;
    if (planEncode(offload.encode) === 'worker') {
      assertKeepable(value, GRAPH_KEEPS);
      // A graph is cloned when its turn comes, and may have been changed by then.
      return !wish.snapshot && !holdsBuffer(value);
    }
    const isCheaper = offload.encode === 'auto' && !wish.snapshot && plan.sendsGraph(codec, value, shape);
    return isCheaper && crosses(value);
  }

  /** Takes in chunks of bytes until there are no more. Rejects as {@link takeChunks} does, and with `ERR_VALUE_TOO_LARGE`. */
  async gather(source: ChunkSource, { key, contentType, stop }: Gathering): Promise<PreparedWrite> {
    const chunks = new RawChunks();
    const assertSize = (bytes: number): void => this.#checkSize(bytes);
    await takeChunks(source, { into: chunks, sliceMs: this.#settings.sliceMs, stop, assertSize });
    const encoding = { key, codec: rawCodec, shape: 'binary', contentType, note: undefined } as const;
    return this.#segmented(encoding, chunks);
  }

  /** Prepares what a worker has encoded already. */
  prepareMade(made: Made, { key, note }: Pick<WriteWish, 'key' | 'note'>): PreparedWrite {
    const { payload, lengths, outline } = made;
    const codec = this.#settings.registry.byId(made.codec);
    const take = (): SegmentedPayload => ({ slabs: [payload], owned: true, lengths, outline });
    const encoding = { key, codec, shape: 'other', contentType: undefined, note } as const;
    return this.#segmented(encoding, { bytes: payload.length, take });
  }

  /** Sends what was prepared. */
  send(operation: Operation, write: PreparedWrite, place: Place): Promise<unknown> {
    if (write.way !== 'inline') return this.#sendLarge(operation, write, place);
    const { key, ttlMs, fence } = place;
    // Not by a further promise, which would be seen in the throughput of small values.
    const counters = this.#counters;
    counters.writes.inline++;
    counters.sets++;
    counters.bytesWritten += write.frame.length;
    this.#settings.plan.sawValue(key, 0, false);
    return fence === undefined
      ? this.#commands.set(operation, key, write.frame, ttlMs)
      : this.#commands.script(operation, storeFenced(place, fence, write.frame));
  }

  async #sendLarge(
    operation: Operation,
    write: Exclude<PreparedWrite, { way: 'inline' }>,
    place: Place,
  ): Promise<unknown> {
    if (write.way === 'sliced') {
      const encoded = await write.encoded;
      if (operation.settled) throw new OffloopError('ERR_ABORTED', 'nobody waits for this value any more');
      operation.hold(heldBytes(encoded));
      return this.send(operation, encoded, place);
    }
    const counters = this.#counters;
    counters.writes[write.way]++;
    counters.sets++;
    const { key, fence } = place;
    const into = fence && temporaryName(key);
    const ttlMs = fence ? TEMPORARY_MS : place.ttlMs;
    const target = { key, into, codec: write.codec, ttlMs, note: write.note };
    const { plan, registry } = this.#settings;
    const storedBytes =
      write.way === 'bytes'
        ? await this.#storeBytes(operation, { ...target, contentType: write.contentType }, write)
        : await this.#bulk.storeGraph(operation, target, write.value);
    counters.bytesWritten += storedBytes;
    plan.sawValue(key, storedBytes, isDecodedWhole(registry.byId(write.codec)));
    return into && fence ? this.#commands.script(operation, moveFenced(place, fence, into)) : undefined;
  }

  async #storeBytes(
    operation: Operation,
    target: BulkWrite,
    { payload, shape, bytes: rawBytes }: Extract<PreparedWrite, { way: 'bytes' }>,
  ): Promise<number> {
    const { plan, compression } = this.#settings;
    if (compression === undefined) return this.#bulk.store(operation, target, payload);
    const compresses = plan.compresses(shape);
    const storedBytes = await this.#bulk.store(operation, { ...target, compresses }, payload);
    if (compresses) plan.stored(shape, storedBytes < rawBytes);
    return storedBytes;
  }

  #whole(encoding: Encoding, payload: Uint8Array): PreparedWrite {
    this.#checkSize(payload.length);
    const { key, codec, shape, contentType, note } = encoding;
    if (!this.#goesInline(payload.length))
      return {
        way: 'bytes',
        codec: codec.id,
        payload: onePiece(codec, payload),
        contentType,
        note,
        shape,
        bytes: payload.length,
      };
    const { compression, plan, ring } = this.#settings;
    const content = { codec: codec.id, payload, compression, contentType, note, seal: ring?.sealFor(key) };
    if (compression === undefined || payload.length < compression.minBytes)
      return new InlineWrite(pack(content));
    const start = performance.now();
    const frame = pack(content);
    plan.compressed(payload.length, performance.now() - start);
    return new InlineWrite(frame);
  }

  #sliced(encoding: Encoding, encoder: SegmentEncoder, wish: WriteWish): PreparedWrite {
    const { sliceMs, plan } = this.#settings;
    const first = encoder.bytes;
    let ms = 0;
    const step = (): boolean => {
      const start = performance.now();
      const more = encoder.next();
      ms += performance.now() - start;
      this.#checkSize(encoder.bytes);
      return more;
    };
    const ended = (): PreparedWrite => {
      plan.encoded(encoding.shape, encoder.bytes - first, ms);
      return this.#segmented(encoding, encoder);
    };
    if (wish.snapshot) {
      while (step());
      return ended();
    }
    const givesWay = (): boolean => this.#commands.isAwaited;
    const work = { sliceMs, step, stillWanted: () => wish.stillWanted(), givesWay };
    const { encoded, leave } = this.#bulk.encodings.run(work, () => encoder.bytes);
    if (encoded === undefined) return ended();
    const write = encoded.then(ended);
    // It may fail before its turn on the key, which is where that is taken up.
    write.catch(leave);
    return { way: 'sliced', encoded: write, bytes: first, leave };
  }

  #segmented(
    { key, codec, shape, contentType, note }: Encoding,
    encoded: Pick<SegmentEncoder, 'bytes' | 'take'>,
  ): PreparedWrite {
    const payload = encoded.take();
    if (!this.#goesInline(encoded.bytes))
      return { way: 'bytes', codec: codec.id, payload, contentType, note, shape, bytes: encoded.bytes };
    const { compression, ring } = this.#settings;
    const content = { codec: codec.id, payload, compression, contentType, note, seal: ring?.sealFor(key) };
    return new InlineWrite(packSegments(content));
  }

  #goesInline(payloadBytes: number): boolean {
    const { offload, compression, plan } = this.#settings;
    const compresses = compression !== undefined && payloadBytes >= compression.minBytes;
    const { inlineLimitBytes, compressInlineBytes } = plan;
    const shape = {
      offload: offload.encode,
      payloadBytes,
      compresses,
      inlineLimitBytes,
      compressInlineBytes,
    };
    return planWrite(shape) === 'inline';
  }

  #checkSize(bytes: number): void {
    const { maxValueBytes } = this.#settings;
    if (bytes <= maxValueBytes) return;
    const text = `the value takes ${bytes} bytes or more, over the limit of ${maxValueBytes} (maxValueBytes); nothing was sent`;
    throw new OffloopError('ERR_VALUE_TOO_LARGE', text);
  }
}

keepShape(new Place('', undefined));
