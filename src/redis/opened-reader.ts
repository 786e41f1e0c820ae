import { compressionName } from '../codec/compression.js';
import { type Selection, selectedOf } from '../codec/value-part.js';
import { OffloopError } from '../errors.js';
import { readContentType } from '../frame/content-type.js';
import { corrupt, type FrameHeader, frameLength, HEADER_BYTES, readHeader } from '../frame/frame.js';
import { type Opener, sealIn } from '../frame/key-ring.js';
import { openTable } from '../frame/segments.js';
import { receiveOnMain } from '../offload/handed-over.js';
import { unpack } from '../offload/packing.js';
import { planDecode } from '../offload/plan.js';
import type { Changed, FirstSegments, Missing, Payload } from '../offload/tasks.js';
import { bytesView, jsonView, textView, type View } from '../offload/views.js';
import type { BulkMap, BulkRead } from './bulk-calls.js';
import type { BulkLane } from './bulk-lane.js';
import type { CommandLane } from './command-lane.js';
import { withEndPort } from './end-port.js';
import type { Found, LargeReader } from './large-reader.js';
import type { Operation } from './operation.js';
import type { ReadReport } from './read-report.js';
import type { SegmentRange } from './segment-ranges.js';
import type { ReadingParts } from './value-reader.js';
import type { ValueSettings } from './value-settings.js';

/** A stored value of which the beginning was read. */
export interface Opened {
  readonly key: string;
  readonly header: FrameHeader;
  /** The bytes of the header, by which another value under the key is told from this one. */
  readonly version: Uint8Array;
  /** The names of its codec and compression. */
  readonly codec: string;
  readonly compression: string;
  readonly contentType: string | undefined;
  /** All of it, where it is so small that main does everything with it. */
  readonly frame: Buffer | undefined;
}

/**
 * Reads of values that were opened before. Small ones are in memory by then; of the others a worker gets what is asked for,
 * and `ERR_CHANGED` is what comes where the value was replaced meanwhile.
 */
export class OpenedReader {
  readonly #settings: ValueSettings;
  readonly #commands: CommandLane;
  readonly #large: LargeReader;
  readonly #bulk: BulkLane;
  readonly #report: ReadReport;

  constructor(settings: ValueSettings, { commands, large, report }: ReadingParts, bulk: BulkLane) {
    this.#settings = settings;
    this.#commands = commands;
    this.#large = large;
    this.#bulk = bulk;
    this.#report = report;
  }

  get collectsYoung(): boolean {
    return this.#settings.collectYoung;
  }

  /** Reads the beginning of a value; undefined where there is none, or none that can be read. */
  async open(operation: Operation, key: string): Promise<Opened | undefined> {
    const arrived = await this.#commands.head(operation, key, this.#settings.inlineLimitBytes);
    if (operation.settled) return undefined;
    if (arrived.length === 0) return this.#report.missed();
    try {
      const header = readHeader(arrived);
      this.#report.checkSize(header);
      // Not where it fills what was asked for: what stands behind it would not be seen.
      const complete =
        frameLength(header) <= arrived.length && frameLength(header) < this.#settings.inlineLimitBytes;
      const whole = complete && !header.segmented;
      const light = header.compression === 0 || header.rawLength <= this.#settings.plan.inflateInlineBytes;
      const opened = {
        key,
        header,
        version: Uint8Array.from(arrived.subarray(0, HEADER_BYTES)),
        codec: this.#settings.registry.byId(header.codec).name,
        compression: compressionName(header.compression),
        contentType: readContentType(arrived, header).text,
        // A copy: what arrived is a view of what the socket gave, which other replies share.
        frame: whole && light ? Buffer.from(arrived) : undefined,
      };
      // Whether it verifies is seen now where all of it is here.
      if (opened.frame) unpack(opened.frame, header, this.#opener(key));
      else this.#assertVerified(arrived, header, key);
      this.#report.hit();
      return opened;
    } catch (error) {
      return this.#report.unreadable(key, error);
    }
  }

  /** The value. */
  value(operation: Operation, opened: Opened): Promise<unknown> {
    return this.#reading(opened, async () => {
      const { key, header, version, frame } = opened;
      const { offload } = this.#settings;
      if (frame) {
        return this.#report.read('inline', { value: this.#decodeHere(opened, frame), storedBytes: 0 });
      }
      const decode = offload.decode === 'never' ? 'auto' : offload.decode;
      const compressed = header.compression !== 0;
      const plan = planDecode({ offload: decode, whole: false, compressed, rawBytes: header.rawLength });
      const read = { operation, key, header, version, arrived: NOTHING };
      const found = await this.#large.read(plan, read);
      if (!found) throw unverified();
      return this.#report.read(plan, found);
    });
  }

  /** Another form of the value: a text, or bytes that belong to the caller. */
  view(operation: Operation, opened: Opened, view: View): Promise<unknown> {
    return this.#reading(opened, async () => {
      const { header, frame } = opened;
      if (frame)
        return this.#report.read('inline', { value: this.#viewHere(opened, frame, view), storedBytes: 0 });
      const read = { ...bulkRead(opened, frameBytes(header)), view };
      const result = await receiveOnMain(this.#settings.collectYoung, () =>
        this.#bulk.fetchView(operation, read),
      );
      if (view === 'text') {
        return this.#report.read('fetch', await this.#large.decode(operation, payloadOf(result), true));
      }
      const { payload, storedBytes } = payloadOf(result);
      return this.#report.read('fetch', { value: asBuffer(payload), storedBytes });
    });
  }

  /** What is at a path of it, or the elements of that in a range. */
  part(operation: Operation, opened: Opened, selection: Selection): Promise<unknown> {
    return this.#reading(opened, async () => {
      const { key, version, frame } = opened;
      if (frame) {
        const value = selectedOf(this.#decodeHere(opened, frame), selection);
        return this.#report.read('inline', { value, storedBytes: 0 });
      }
      return this.#report.read(
        'fetch',
        await this.#large.readPart(operation, { ...selection, key, version }),
      );
    });
  }

  /** The first segments of it, of the given size at most but for a single one; all of it where it has no others. */
  first(operation: Operation, opened: Opened, rawBytes: number): Promise<Payload | FirstSegments> {
    return this.#reading(opened, async () => {
      const { frame } = opened;
      if (frame) return this.#payloadHere(opened, Buffer.from(frame));
      const first = await this.#first(operation, opened, rawBytes);
      this.#report.read('fetch', { value: undefined, storedBytes: first.storedBytes });
      return first;
    });
  }

  /** Further segments of it. */
  range(operation: Operation, opened: Opened, range: SegmentRange): Promise<Payload> {
    return this.#reading(opened, async () => {
      const result = await this.#bulk.fetchRange(operation, { ...range, key: opened.key });
      if (result.kind === 'payload') return result;
      // Of a value that replaced it, which this tells, or changed by an accident.
      await this.#first(operation, opened, 0);
      throw unverified();
    });
  }

  /** What a function of the user's returns for a value that was not opened; undefined where there is none. The signal is the caller's. */
  async map(
    operation: Operation,
    call: Omit<BulkMap, 'bytes' | 'end'>,
    signal: AbortSignal | undefined,
  ): Promise<unknown> {
    // By the command connection, as every read begins: so it comes after what was called before it on this key.
    const arrived = await this.#commands.head(operation, call.key, HEADER_BYTES);
    if (operation.settled) return undefined;
    if (arrived.length === 0) return this.#report.missed();
    let result: Payload | Missing | Changed;
    try {
      const header = readHeader(arrived);
      this.#report.checkSize(header);
      result = await withEndPort(signal, (end) =>
        this.#bulk.map(operation, { ...call, end, bytes: frameBytes(header) }),
      );
    } catch (error) {
      return this.#report.unreadable(call.key, error);
    }
    if (result.kind === 'missing' && !result.found) return this.#report.missed();
    this.#report.hit();
    if (result.kind === 'missing') return this.#report.read('fetch', { value: undefined, storedBytes: 0 });
    return this.#report.read('fetch', await this.#returned(operation, payloadOf(result)));
  }

  /** What a function has returned: no stored value, which would be unreadable. */
  async #returned(operation: Operation, payload: Payload): Promise<Found> {
    try {
      return await this.#large.decode(operation, payload, true);
    } catch (error) {
      const isOver = error instanceof OffloopError && error.code === 'ERR_LIMIT';
      throw isOver ? new OffloopError('ERR_VALUE', 'what the function returned is over the limits') : error;
    }
  }

  async #first(operation: Operation, opened: Opened, rawBytes: number): Promise<Payload | FirstSegments> {
    const { header } = opened;
    const bytes = Math.min(frameLength(header), HEADER_BYTES + header.tableLength + rawBytes);
    const read = { ...bulkRead(opened, bytes), rawBytes };
    let result = await this.#bulk.fetchFirst(operation, read);
    // Where it was replaced in between, the second time says so.
    if (result.kind === 'changed') result = await this.#bulk.fetchFirst(operation, read);
    return result.kind === 'first' ? result : payloadOf(result);
  }

  #opener(key: string): Opener {
    const { ring, registry } = this.#settings;
    return { ring, key, maxSegments: registry.limits.maxSegments };
  }

  /** Throws where a large value, of which this is the beginning, is not sealed as it must be, as far as can be seen. */
  #assertVerified(begin: Buffer, header: FrameHeader, key: string): void {
    const hasTable = header.segmented && HEADER_BYTES + header.tableLength <= begin.length;
    if (header.sealed && hasTable) openTable(begin, header, this.#opener(key));
    else sealIn(begin, header, this.#opener(key));
  }

  #decodeHere({ header, key }: Opened, frame: Buffer): unknown {
    return this.#settings.registry.byId(header.codec).decode(unpack(frame, header, this.#opener(key)), false);
  }

  #payloadHere({ header, key }: Opened, frame: Buffer): Payload {
    const payload = unpack(frame, header, this.#opener(key));
    const lengths = Uint32Array.of(payload.length);
    return { kind: 'payload', codec: header.codec, payload, lengths, storedBytes: 0 };
  }

  #viewHere(opened: Opened, frame: Buffer, view: View): unknown {
    const { registry } = this.#settings;
    const viewed = { ...this.#payloadHere(opened, frame), contentType: opened.contentType };
    if (view === 'text') return textView(registry, viewed);
    return Buffer.from(view === 'bytes' ? bytesView(viewed) : jsonView(registry, viewed));
  }

  async #reading<T>({ key }: Opened, read: () => Promise<T>): Promise<T> {
    try {
      return await read();
    } catch (error) {
      return this.#report.unreadablePart(key, error);
    }
  }
}

const NOTHING = Buffer.alloc(0);

function bulkRead({ key, version }: Opened, bytes: number): BulkRead {
  return { key, version, bytes };
}

/** What a value takes in memory on its way, for the limit on bytes in flight. */
function frameBytes(header: FrameHeader): number {
  return Math.max(header.rawLength, frameLength(header));
}

/** The payload in an answer about a value of a known version, of which another would have been `ERR_CHANGED`. */
function payloadOf(result: Payload | Missing | Changed): Payload {
  if (result.kind === 'payload') return result;
  throw unverified();
}

function unverified(): OffloopError {
  return corrupt('its bytes are not those that were stored');
}

function asBuffer({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}
