import { BatchMemo } from '../codec/columns-memo.js';
import { decodeValue, type ValueBytes } from './value-bytes.js';

interface Kept {
  readonly memo: BatchMemo;
  /** Since it was last asked to make room. */
  isUsed: boolean;
}

/** Where a memo may be kept. */
export interface MemoRoom {
  /** Bytes that all memos may take. */
  readonly bytes: number;
  /** Whether the bytes are still those of an entry. */
  isWanted(): boolean;
}

/** What spares values that are got again and again a part of their decoding, kept in room that nothing else needs. */
export class DecodeMemos {
  /** The one that is next to make room comes first. */
  readonly #kept = new Map<ValueBytes, Kept>();
  /** What was decoded once: only the second time shows that it is worth a memo. */
  readonly #decoded = new WeakSet<ValueBytes>();
  #bytes = 0;

  /** The value of the bytes, as `decodeValue` gives it. */
  decode(bytes: ValueBytes, room: () => MemoRoom): unknown {
    // One segment is decoded without.
    if (bytes.lengths.length === 1) return decodeValue(bytes);
    const kept = this.#kept.get(bytes);
    if (kept) {
      kept.isUsed = true;
      return decodeValue(bytes, kept.memo);
    }
    if (room().bytes < bytes.bytes) return decodeValue(bytes);
    if (!this.#decoded.has(bytes)) {
      this.#decoded.add(bytes);
      return decodeValue(bytes);
    }
    const memo = new BatchMemo();
    const value = decodeValue(bytes, memo);
    const keep = (): void => this.#keep(bytes, memo, room());
    if (value instanceof Promise) value.then(keep, () => {});
    else keep();
    return value;
  }

  /** Gives up what is kept for some bytes. */
  forget(bytes: ValueBytes): void {
    this.#bytes -= this.#kept.get(bytes)?.memo.bytes ?? 0;
    this.#kept.delete(bytes);
  }

  /** Gives up so many that the others take no more than this. */
  shrink(most: number): void {
    for (const bytes of this.#kept.keys()) {
      if (this.#bytes <= most) return;
      this.forget(bytes);
    }
  }

  #keep(bytes: ValueBytes, memo: BatchMemo, room: MemoRoom): void {
    const most = room.bytes - memo.bytes;
    if (memo.bytes === 0 || most < 0 || !room.isWanted()) return;
    for (const [first, kept] of this.#kept) {
      if (this.#bytes <= most) break;
      if (!kept.isUsed) {
        this.forget(first);
        continue;
      }
      // Another chance: more values than there is room for would drive out one another at every get else.
      kept.isUsed = false;
      this.#kept.delete(first);
      this.#kept.set(first, kept);
      return;
    }
    this.forget(bytes);
    this.#kept.set(bytes, { memo, isUsed: true });
    this.#bytes += memo.bytes;
  }
}
