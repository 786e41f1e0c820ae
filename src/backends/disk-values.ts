import { crc32 } from 'node:zlib';
import type { CodecRegistry } from '../codec/registry.js';
import { segmentsOf } from '../codec/segments.js';
import { corrupt, readHeader } from '../frame/frame.js';
import { encodeNote, noteBytes, readNote } from '../frame/note.js';
import { verifiedPayload, writeFrame } from '../frame/whole-frame.js';
import { type DiskEntry, type DiskIndex, RECORD_BYTES } from './disk-index.js';
import { isDamage, LevelStore, type StoreChange } from './level-store.js';
import type { ValueBytes } from './value-bytes.js';

/** Pieces that are written or read in one go: each costs main its copying, some hundredths of a millisecond. */
const PIECES_AT_ONCE = 8;

/** Entries that are removed in one go. */
const REMOVED_AT_ONCE = 100;

/** Begins the keys of entries, of pieces, and of the marks that a value is being written. */
const ENTRY = 'e';
const PIECE = 'p';
const MARK = 'w';

/** A value that is stored, and what is stored beside it. */
export interface NotedBytes extends ValueBytes {
  readonly note: Uint8Array | undefined;
}

/**
 * Values in a store. A value lies there in pieces, each a frame with a checksum, under an id of its own; the record of the
 * key names the id, and is written with the last piece, in one batch with the removal of the earlier value. So a key has
 * the earlier value or the later one, whenever the process ends. A mark tells the next start which pieces to remove.
 */
export class DiskValues {
  readonly #store: LevelStore;
  readonly #index: DiskIndex;
  readonly #registry: CodecRegistry;

  private constructor(store: LevelStore, index: DiskIndex, registry: CodecRegistry) {
    this.#store = store;
    this.#index = index;
    this.#registry = registry;
  }

  /** Opens a directory and fills the index: one small record a key is read. */
  static async open(path: string, index: DiskIndex, registry: CodecRegistry): Promise<DiskValues> {
    try {
      return await DiskValues.#open(path, index, registry);
    } catch (error) {
      if (!isDamage(error)) throw error;
      // What is whole is kept; what is not is a miss.
      await LevelStore.repair(path);
      return DiskValues.#open(path, index, registry);
    }
  }

  static async #open(path: string, index: DiskIndex, registry: CodecRegistry): Promise<DiskValues> {
    const store = await LevelStore.open(path);
    const values = new DiskValues(store, index, registry);
    try {
      await values.#fill();
    } catch (error) {
      // The next attempt, and whoever looks after the directory, could not open it otherwise.
      await store.close().catch(() => {});
      throw error;
    }
    return values;
  }

  async #fill(): Promise<void> {
    const store = this.#store;
    const index = this.#index;
    for await (const [mark] of store.entries(MARK, after(MARK))) {
      const id = Number(mark.slice(1));
      index.sawId(id);
      await store.remove(pieceKey(id, 0), after(PIECE + idText(id)));
      await store.write([{ type: 'del', key: mark }]);
    }
    for await (const [key, record] of store.entries(ENTRY, after(ENTRY))) {
      const entry = readRecord(key.slice(1), record);
      if (entry) index.put(key.slice(1), entry);
    }
  }

  /** The bytes of a value. Throws `ERR_CORRUPT` where they are not those that were stored. */
  async read(entry: DiskEntry): Promise<NotedBytes> {
    const slabs: Uint8Array[] = [];
    let codec = 0;
    let note: Uint8Array | undefined;
    for (let from = 0; from < entry.pieces; from += PIECES_AT_ONCE) {
      const count = Math.min(PIECES_AT_ONCE, entry.pieces - from);
      const keys = Array.from({ length: count }, (_, index) => pieceKey(entry.id, from + index));
      for (const found of await this.#store.read(keys)) {
        if (!found) throw corrupt('a piece of it is not there');
        const frame = Buffer.from(found.buffer, found.byteOffset, found.byteLength);
        const header = readHeader(frame);
        slabs.push(verifiedPayload(frame, header, NOT_SEALED));
        codec = header.codec;
        const { note: span } = readNote(frame, header);
        note ??= span && noteBytes(span);
      }
    }
    const lengths = Uint32Array.from(slabs, ({ length }) => length);
    const bytes = lengths.reduce((sum, length) => sum + length, 0);
    return { codec: this.#registry.byId(codec), slabs, lengths, bytes, note };
  }

  /** Stores a value under a key, instead of the one that is there. */
  async write(key: string, value: NotedBytes, expiresAt: number | undefined): Promise<void> {
    const index = this.#index;
    const pieces = value.lengths.length;
    const entry: DiskEntry = { id: index.newId(), pieces, bytes: bytesOf(key, value), expiresAt };
    const mark = MARK + idText(entry.id);
    const isMarked = pieces > PIECES_AT_ONCE;
    let batch: StoreChange[] = isMarked ? [{ type: 'put', key: mark, value: NOTHING }] : [];
    let piece = 0;
    for (const payload of segmentsOf(value)) {
      const { id: codec } = value.codec;
      // It lies in the first piece, under that one's checksum.
      const note = piece === 0 ? encodeNote(value.note) : undefined;
      const frame = writeFrame({ codec, compression: 0, rawLength: payload.length, payload, note });
      batch.push({ type: 'put', key: pieceKey(entry.id, piece++), value: frame });
      if (piece % PIECES_AT_ONCE === 0 && piece < pieces) {
        await this.#store.write(batch);
        batch = [];
      }
    }
    if (isMarked) batch.push({ type: 'del', key: mark });
    batch.push({ type: 'put', key: ENTRY + key, value: recordOf(key, entry) });
    const earlier = index.find(key);
    if (earlier) batch.push(...piecesOf(earlier));
    await this.#store.write(batch);
    index.put(key, entry);
  }

  /** Removes keys, each with its value. */
  async remove(keys: readonly string[]): Promise<void> {
    for (let from = 0; from < keys.length; from += REMOVED_AT_ONCE) {
      const some = keys.slice(from, from + REMOVED_AT_ONCE);
      const changes = some.flatMap((key): StoreChange[] => {
        const entry = this.#index.find(key);
        return entry ? [{ type: 'del', key: ENTRY + key }, ...piecesOf(entry)] : [];
      });
      await this.#store.write(changes);
      for (const key of some) this.#index.remove(key);
    }
  }

  close(): Promise<void> {
    return this.#store.close();
  }
}

/** What a value under a key counts for. */
export function bytesOf(key: string, { bytes, lengths, note }: NotedBytes): number {
  return bytes + (note?.length ?? 0) + lengths.length * RECORD_BYTES + Buffer.byteLength(key);
}

const NOTHING = new Uint8Array();
/** What lies on this machine's disk is sealed by its file system, or by nobody. */
const NOT_SEALED = { ring: undefined, key: '' };

function piecesOf({ id, pieces }: DiskEntry): StoreChange[] {
  return Array.from({ length: pieces }, (_, piece) => ({ type: 'del', key: pieceKey(id, piece) }));
}

function pieceKey(id: number, piece: number): string {
  return `${PIECE}${idText(id)}${piece.toString(16).padStart(8, '0')}`;
}

/** Fourteen digits hold every id, and sort as the numbers do. */
function idText(id: number): string {
  return `${id}`.padStart(16, '0');
}

/** The first text that comes after all that begin with this one, which ends in an ASCII character. */
function after(start: string): string {
  return start.slice(0, -1) + String.fromCharCode(start.charCodeAt(start.length - 1) + 1);
}

function recordOf(key: string, { id, pieces, bytes, expiresAt }: DiskEntry): Uint8Array {
  const fields = [id, pieces, bytes, expiresAt ?? 0];
  return Buffer.from(JSON.stringify([...fields, checksumOf(key, fields)]));
}

/** A damaged id would be that of another key's value. */
function checksumOf(key: string, fields: readonly number[]): number {
  return crc32(Buffer.from(JSON.stringify([key, ...fields])));
}

function readRecord(key: string, record: Uint8Array): DiskEntry | undefined {
  let fields: unknown;
  try {
    fields = JSON.parse(Buffer.from(record).toString());
  } catch {
    // A record that is none is that of no key: another program has written here.
    return undefined;
  }
  if (!Array.isArray(fields) || fields.length !== 5 || !fields.every(Number.isSafeInteger)) return undefined;
  const [id, pieces, bytes, expiresAt, checksum] = fields as [number, number, number, number, number];
  if (checksum !== checksumOf(key, [id, pieces, bytes, expiresAt])) return undefined;
  return { id, pieces, bytes, expiresAt: expiresAt === 0 ? undefined : expiresAt };
}
