import { columnsCodec } from '../codec/columns.js';
import { isDecodedWhole, segmentsOf } from '../codec/segments.js';
import { type Selection, selectedOf } from '../codec/value-part.js';
import { OffloopError } from '../errors.js';
import { type FrameHeader, frameLength, HEADER_BYTES } from '../frame/frame.js';
import { type NoteSpan, noteBytes, readNote, spanOf } from '../frame/note.js';
import { receiveOnMain } from '../offload/handed-over.js';
import type { KnownLarge } from '../offload/known-large.js';
import { unpackFrame } from '../offload/packing.js';
import type { ReadPlan } from '../offload/plan.js';
import { slices } from '../offload/slices.js';
import type { Changed, FirstSegments, Graph, Missing, Payload } from '../offload/tasks.js';
import { youngCollection } from '../offload/young-collection.js';
import type { BulkRead } from './bulk-calls.js';
import type { BulkLane } from './bulk-lane.js';
import type { CommandLane } from './command-lane.js';
import type { Operation } from './operation.js';
import { ReplacedMeanwhile, SegmentFeed, type Segments } from './segment-feed.js';
import type { ValueSettings } from './value-settings.js';

/** How often a value that is replaced while it is read is begun with again, before it is read in one piece. */
const ATTEMPTS = 3;
/** Bytes behind the table of a segmented value that the first request asks for. */
const FIRST_BYTES = 1 << 20;
/** Bytes that a table takes, where it is not known. */
const TABLE_BYTES = 1 << 17;
/** What a part is expected to take: a table and a few segments. */
const PART_BYTES = 1 << 18;

/** A value, and the bytes that it takes in Redis. */
export interface Found {
  readonly value: unknown;
  readonly storedBytes: number;
  /** What is stored beside it. @default none */
  readonly note?: NoteSpan | undefined;
}

/** Who reads which key. */
interface KeyRead {
  readonly operation: Operation;
  readonly key: string;
}

/** A value of which the header is known. */
export interface LargeRead extends KeyRead {
  readonly header: FrameHeader;
  /** What has arrived of the frame. */
  readonly arrived: Buffer;
  /** The header that the value must have, or it is `ERR_CHANGED`. @default any */
  readonly version?: Uint8Array | undefined;
}

type Answer = Payload | FirstSegments | Graph | Missing | Changed;

/** A part of a value. */
export interface Part extends Selection {
  readonly key: string;
  /** As of a {@link LargeRead}. */
  readonly version?: Uint8Array | undefined;
}

/** The ways to Redis. */
export interface Lanes {
  readonly commands: CommandLane;
  readonly bulk: BulkLane;
}

/** Reads values that are not decoded in one go: over workers' connections, in slices, or both. */
export class LargeReader {
  readonly #settings: ValueSettings;
  readonly #commands: CommandLane;
  readonly #bulk: BulkLane;

  constructor(settings: ValueSettings, lanes: Lanes) {
    this.#settings = settings;
    this.#commands = lanes.commands;
    this.#bulk = lanes.bulk;
  }

  /** The value, or the one that has replaced it meanwhile, never a mixture; undefined where there is none any more. */
  async read(plan: ReadPlan, read: LargeRead): Promise<Found | undefined> {
    const { operation, key, arrived, header } = read;
    if (plan === 'inline') {
      const { codec } = header;
      const { ring, registry } = this.#settings;
      const opener = { ring, key, maxSegments: registry.limits.maxSegments };
      const unpacked = unpackFrame(arrived, header, opener);
      const { note } = readNote(arrived, header);
      const here = { codec, ...unpacked, storedBytes: arrived.length, note: note && noteBytes(note) };
      return this.decode(operation, here, false);
    }
    if (plan === 'unpack') {
      return this.decode(operation, await this.#bulk.unpack(operation, { key, frame: arrived }), true);
    }
    return this.#attempt(read, (inOne) => this.#ask(plan, read, inOne));
  }

  /** As {@link read}, of a value of which only what was last seen is known. */
  readKnown(read: KeyRead, known: KnownLarge): Promise<Found | undefined> {
    const { operation, key } = read;
    const bytes = Math.min(known.bytes, FIRST_BYTES + TABLE_BYTES);
    return this.#attempt(read, (inOne) =>
      known.whole || inOne
        ? this.#whole(operation, { key, bytes: known.bytes })
        : this.#bulk.fetchFirst(operation, { key, bytes }),
    );
  }

  async #attempt(read: KeyRead, ask: (inOne: boolean) => Promise<Answer>): Promise<Found | undefined> {
    for (let attempt = 1; ; ) {
      try {
        const result = await ask(attempt > ATTEMPTS);
        const isUseless =
          result.kind === 'first' && isDecodedWhole(this.#settings.registry.byId(result.codec));
        if (isUseless) attempt = ATTEMPTS;
        else if (result.kind !== 'changed') return await this.#take(read, result);
      } catch (error) {
        if (!(error instanceof ReplacedMeanwhile)) throw error;
      }
      attempt++;
    }
  }

  /** A part of a value, by a worker; undefined where the key or the part is not there, with whether the key is. */
  async readPart(operation: Operation, part: Part): Promise<Found & { readonly hit: boolean }> {
    const result = await this.#bulk.fetchPart(operation, { ...part, bytes: PART_BYTES });
    if (result.kind !== 'payload')
      return { value: undefined, storedBytes: 0, hit: result.kind === 'missing' && result.found };
    const { value, storedBytes } = await this.decode(operation, result, true);
    const isWhole = result.codec !== columnsCodec.id;
    return { value: isWhole ? selectedOf(value, part) : value, storedBytes, hit: true };
  }

  #ask(plan: ReadPlan, { operation, key, header, version }: LargeRead, inOne: boolean): Promise<Answer> {
    const bytes = Math.max(header.rawLength, frameLength(header));
    const read: BulkRead = { key, bytes, version };
    if (plan === 'graph') return this.#bulk.fetchGraph(operation, read);
    const isWhole = !header.segmented || isDecodedWhole(this.#settings.registry.byId(header.codec));
    if (inOne || isWhole) return this.#whole(operation, read);
    return this.#bulk.fetchFirst(operation, {
      ...read,
      bytes: Math.min(bytes, HEADER_BYTES + header.tableLength + FIRST_BYTES),
    });
  }

  #whole(operation: Operation, read: BulkRead): ReturnType<BulkLane['fetch']> {
    return receiveOnMain(this.#settings.collectYoung, () => this.#bulk.fetch(operation, read));
  }

  async #take(
    { operation, key }: KeyRead,
    result: Payload | FirstSegments | Graph | Missing,
  ): Promise<Found | undefined> {
    if (result.kind === 'missing') return undefined;
    const note = noteOf(result);
    if (result.kind === 'graph') return { ...result, note };
    if (result.kind === 'payload') return this.decode(operation, result, true);
    const feed = new SegmentFeed(this.#bulk, { operation, key, first: result });
    const value = await this.#fromSource(operation, {
      codec: result.codec,
      totalBytes: result.rawLength,
      owned: false,
      next: () => feed.next(),
    });
    return { value, storedBytes: result.storedBytes, note };
  }

  /** Decodes a payload that is there as a whole. With `owned` nobody else holds its buffer. */
  async decode(operation: Wanted, payload: Omit<Payload, 'kind'>, owned: boolean): Promise<Found> {
    const { codec, payload: bytes, storedBytes } = payload;
    let given = false;
    const value = await this.#fromSource(operation, {
      codec,
      totalBytes: bytes.length,
      owned,
      next: () => {
        if (given) return undefined;
        given = true;
        return payload;
      },
    });
    return { value, storedBytes, note: noteOf(payload) };
  }

  async #fromSource(operation: Wanted, source: Source): Promise<unknown> {
    assertWanted(operation);
    const codec = this.#settings.registry.byId(source.codec);
    const decoder = codec.segmentDecoder?.(source.totalBytes, source.owned);
    let segments = await source.next();
    if (!decoder) return segments && codec.decode(segments.payload, source.owned);
    const { sliceMs, collectYoung } = this.#settings;
    const young = collectYoung ? youngCollection.follow(source.totalBytes) : undefined;
    const stillWanted = (): boolean => !operation.settled;
    const givesWay = (): boolean => this.#commands.isAwaited;
    while (segments) {
      const { payload, lengths } = segments;
      const rest = [...segmentsOf({ slabs: [payload], lengths })].reverse();
      const step = (): boolean => {
        if (young?.isDue) {
          if (youngCollection.isHeldUp) return false;
          if (youngCollection.collect()) return true;
        }
        const segment = rest.pop();
        if (!segment) return false;
        decoder.next(segment);
        young?.decoded(segment.length, decoder.items ?? Number.POSITIVE_INFINITY);
        return rest.length > 0;
      };
      while (rest.length > 0) {
        await slices.run({ sliceMs, step, stillWanted, givesWay });
        if (rest.length === 0) break;
        // The engine is marking.
        await youngCollection.turn();
        assertWanted(operation);
      }
      segments = await source.next();
      assertWanted(operation);
    }
    return decoder.end();
  }
}

/** Who can stop waiting. */
type Wanted = Pick<Operation, 'settled'>;

/** Where segments come from. */
interface Source {
  readonly codec: number;
  readonly totalBytes: number;
  /** Whether all segments come in one buffer, which belongs to nobody else. */
  readonly owned: boolean;
  next(): Segments | undefined | Promise<Segments | undefined>;
}

/** Nobody waits for it any more: decoding it would take the event loop's time for nothing. */
function assertWanted(operation: Wanted): void {
  if (operation.settled) throw new OffloopError('ERR_ABORTED', 'nobody waits for this value any more');
}

function noteOf({ note }: Pick<Payload, 'note'>): NoteSpan | undefined {
  return note && spanOf(note);
}
