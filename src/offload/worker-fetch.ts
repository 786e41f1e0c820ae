import { displayKey, OffloopError } from '../errors.js';
import {
  claimedBytes,
  corrupt,
  type FrameHeader,
  frameLength,
  HEADER_BYTES,
  readHeader,
} from '../frame/frame.js';
import { type Opener, ringOf, sealBy } from '../frame/key-ring.js';
import { noteBytes, readNote } from '../frame/note.js';
import { type OpenedTable, openTable, type SegmentRow } from '../frame/segments.js';
import { type UnpackedSegments, unpackFrame, unpackSegments } from './packing.js';
import { numbersOf, rowsOf } from './segment-rows.js';
import type {
  Fetch,
  FetchFirstTask,
  FetchRangeTask,
  FirstSegments,
  Keyed,
  Payload,
  Remote,
} from './tasks.js';
import type { WorkerConnections } from './worker-connections.js';
import { noteReply } from './worker-memory.js';
import { youngCollection } from './young-collection.js';

/** What was read is not of one value: another stands there by now than the one that was begun with. */
export class Replaced extends Error {}

/** A whole frame, verified as far as its header. */
export interface WholeFrame {
  readonly opener: Opener;
  readonly header: FrameHeader;
  readonly frame: Buffer;
}

/** Gets frames and parts of them over a worker's connection. */
export class FrameFetcher {
  readonly #connections: WorkerConnections;

  constructor(connections: WorkerConnections) {
    this.#connections = connections;
  }

  /** A frame as it stands at one moment; undefined where there is none. */
  async whole(task: Fetch): Promise<WholeFrame | undefined> {
    const { maxValueBytes } = task;
    // Never more than may be: the value can have been replaced by a larger one since main saw its head.
    const frame = await this.#read(task, 0, HEADER_BYTES + 2 * maxValueBytes);
    assertVersion(task, frame);
    if (frame.length === 0) return undefined;
    return { frame, header: checked(frame, task), opener: openerOf(task) };
  }

  /** The beginning of a frame with its table; all of it where it has none or is short; undefined where there is none. */
  async begin(task: Fetch, bytes: number): Promise<PartialFrame | WholeFrame | undefined> {
    // One byte more: what stands behind the value is then seen.
    const begin = await this.#read(task, 0, bytes + 1);
    assertVersion(task, begin);
    if (begin.length === 0) return undefined;
    const header = checked(begin, task);
    if (frameLength(header) <= Math.min(begin.length, bytes))
      return { frame: begin, header, opener: openerOf(task) };
    return header.segmented ? this.#partial(task, begin, header) : this.whole(task);
  }

  /** The first segments of a frame; all of it where it has none or is short; undefined where there is none. */
  async first(task: FetchFirstTask): Promise<FirstSegments | WholeFrame | undefined> {
    const { rawBytes = Number.POSITIVE_INFINITY } = task;
    let begun = await this.begin(task, task.bytes);
    if (begun && 'frame' in begun && begun.header.segmented && begun.header.rawLength > rawBytes)
      begun = this.#parted(task, begun.frame, begun.header);
    if (begun === undefined || 'frame' in begun) return begun;
    const { begin, header, rows, seal } = begun;
    const count = countWithin(rows, { end: begin.length, rawBytes });
    const { payload, lengths } = await this.segments(begun, 0, count);
    return {
      kind: 'first',
      codec: header.codec,
      compression: header.compression,
      rawLength: header.rawLength,
      payload,
      lengths,
      storedBytes: frameLength(header),
      note: noteOf(begin, header),
      start: rows[count]?.start ?? 0,
      rows: numbersOf(rows.slice(count)),
      sealed: seal && { identity: seal.identity, count: rows.length },
    };
  }

  /** The table of a segmented frame of which the beginning is there. */
  async #partial(task: Remote, begin: Buffer, header: FrameHeader): Promise<PartialFrame> {
    const tableEnd = HEADER_BYTES + header.tableLength;
    let bytes = begin;
    if (begin.length < tableEnd) {
      bytes = Buffer.concat([begin, await this.#read(task, begin.length, tableEnd)]);
    }
    return this.#parted(task, bytes, header);
  }

  #parted(task: Remote, begin: Buffer, header: FrameHeader): PartialFrame {
    const table = orReplaced(() => openTable(begin, header, openerOf(task)));
    return { task, begin, header, ...table };
  }

  /** Some segments, verified and decompressed, one behind another. Throws {@link Replaced}. */
  async segments(frame: PartialFrame, from: number, end: number): Promise<UnpackedSegments> {
    const rows = frame.rows.slice(from, end);
    const [first] = rows;
    const last = rows.at(-1);
    if (!first || !last) return { payload: new Uint8Array(), lengths: new Uint32Array() };
    const stop = last.start + last.storedLength;
    const { begin, task, header, seal } = frame;
    const isLast = end >= frame.rows.length;
    const bytes =
      stop + (isLast ? 1 : 0) <= begin.length
        ? begin.subarray(first.start, isLast ? begin.length : stop)
        : await this.#read(task, first.start, isLast ? stop + 1 : stop);
    const sealed = seal && { seal, first: from, count: frame.rows.length };
    return verified({ bytes, rows, compression: header.compression, sealed });
  }

  /** Further segments of a frame that main knows. Throws {@link Replaced}. */
  async range(task: FetchRangeTask): Promise<Payload> {
    const rows = rowsOf(task.rows, task.start);
    const stored = rows.reduce((sum, { storedLength }) => sum + storedLength, 0);
    const { start, sealed: rest, following } = task;
    const bytes = await this.#read(task, start, start + stored + (following === 0 ? 1 : 0));
    const sealed = rest && {
      seal: sealBy(rest.identity, openerOf(task)),
      first: rest.count - following - rows.length,
      count: rest.count,
    };
    const unpacked = verified({ bytes, rows, compression: task.compression, sealed });
    return { kind: 'payload', codec: 0, ...unpacked, storedBytes: stored };
  }

  async #read(task: Remote, from: number, end: number): Promise<Buffer> {
    const bytes = await this.#connections.use(task, {
      name: 'get',
      writes: false,
      send: (client) => client.getrangeBuffer(task.key, from, end - 1),
    });
    noteReply(bytes);
    // The socket's buffers, which were put together to these.
    youngCollection.passed(bytes.length);
    return bytes;
  }
}

/** A segmented frame of which not all is there. */
export interface PartialFrame extends OpenedTable {
  readonly task: Remote;
  readonly begin: Buffer;
  readonly header: FrameHeader;
}

/** The raw payload of a whole frame, verified and decompressed, and where its segments lie in it. */
export function openFrame({ frame, header, opener }: WholeFrame): Payload {
  const unpacked = unpackFrame(frame, header, opener);
  const note = noteOf(frame, header);
  return { kind: 'payload', codec: header.codec, ...unpacked, storedBytes: frame.length, note };
}

/** How many of the first segments end within bytes of the frame, and within bytes before compression, but for a single one. */
function countWithin(
  rows: readonly SegmentRow[],
  { end, rawBytes }: { readonly end: number; readonly rawBytes: number },
): number {
  let raw = 0;
  const beyond = rows.findIndex(({ start, storedLength, rawLength }, index) => {
    raw += rawLength;
    return start + storedLength > end || (index > 0 && raw > rawBytes);
  });
  return beyond === -1 ? rows.length : beyond;
}

function noteOf(bytes: Buffer, header: FrameHeader): Uint8Array | undefined {
  const { note } = readNote(bytes, header);
  return note && noteBytes(note);
}

/** What opens the value of a task. */
export function openerOf({ key, ring, maxSegments }: Keyed): Opener {
  return { key, ring: ringOf(ring), maxSegments };
}

function checked(begin: Buffer, { maxValueBytes }: Fetch): FrameHeader {
  const header = readHeader(begin);
  // Before anything is inflated: a few bytes can claim and hold gigabytes.
  assertSize(claimedBytes(header), maxValueBytes);
  return header;
}

/**
 * Throws `ERR_CHANGED` where a frame is not the one that a handle was opened on. Its header tells: it holds the lengths and,
 * for a frame with segments by way of their table, the checksum of all the rest.
 */
function assertVersion({ version, key }: Fetch, frame: Buffer): void {
  if (version === undefined || frame.subarray(0, HEADER_BYTES).equals(version)) return;
  const what = frame.length === 0 ? 'is not there any more' : 'was replaced';
  throw new OffloopError('ERR_CHANGED', `the value of ${displayKey(key)} ${what} since it was opened`);
}

/** Throws `ERR_VALUE_TOO_LARGE` where a value is over the limit. */
export function assertSize(bytes: number, limit: number): void {
  if (bytes <= limit) return;
  throw new OffloopError(
    'ERR_VALUE_TOO_LARGE',
    `the value takes ${bytes} bytes, over the limit of ${limit} (maxValueBytes)`,
  );
}

/**
 * What was got in more than one piece and does not verify may be of two values. Whoever gets it begins again, and in the
 * end gets it in one piece: what does not verify then is corrupt. A header that is still the same tells nothing: two
 * values may replace each other.
 */
function orReplaced<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    const isOther = error instanceof OffloopError && ['ERR_CORRUPT', 'ERR_INTEGRITY'].includes(error.code);
    throw isOther ? new Replaced() : error;
  }
}

function verified(read: Parameters<typeof unpackSegments>[0]): UnpackedSegments {
  return orReplaced(() => {
    const { bytes, rows } = read;
    const stored = rows.reduce((sum, { storedLength }) => sum + storedLength, 0);
    if (bytes.length > stored) throw corrupt('bytes stand behind it');
    return unpackSegments(read);
  });
}
