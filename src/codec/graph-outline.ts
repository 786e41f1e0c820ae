import { keepShape } from '../kept-shapes.js';
import { OPEN_KINDS, type OpenContainer } from './graph-open.js';

const FIRST_BYTES = 256;

/**
 * Writes where in the value each segment begins, so that a part can be found without the segments before it. The
 * format is in docs/frame.md: for each segment the containers that are open where it begins, as far as they differ from the
 * segment before, then fingerprints of the dictionary keys that it holds.
 */
export class GraphOutline {
  #bytes = Buffer.allocUnsafe(FIRST_BYTES);
  #position = 0;
  #stack: readonly OpenContainer[] = [];
  /** How far each container of the stack was when it was written: see {@link progressOf}. */
  #written: number[] = [];
  #ended: { readonly open: OpenContainer; readonly level: number }[] = [];

  /** The next segment begins: what is open, the outermost first. */
  open(stack: readonly OpenContainer[]): void {
    const progress = stack.map(({ index }, level) => progressOf(index, level + 1 < stack.length));
    let same = 0;
    while (
      same < stack.length &&
      stack[same] === this.#stack[same] &&
      progress[same] === this.#written[same]
    ) {
      same++;
    }
    this.#count(same);
    this.#count(stack.length);
    for (let level = same; level < stack.length; level++) {
      const open = stack[level];
      if (open)
        this.#container(open, { known: open === this.#stack[level], inside: level + 1 < stack.length });
    }
    this.#stack = stack;
    this.#written = progress;
    this.#ended = [];
  }

  /** A container of the stack has ended within the segment. */
  ended(open: OpenContainer, level: number): void {
    if (open.kind === OPEN_KINDS.dictionary) this.#ended.push({ open, level });
  }

  /** The segment ends: what it leaves open, the outermost first. */
  close(left: readonly OpenContainer[]): void {
    const lists = this.#ended.map(({ open, level }) => ({ open, level, known: true, end: open.length }));
    for (const [level, open] of left.entries()) {
      if (open.kind !== OPEN_KINDS.dictionary) continue;
      const end = open.index + (level + 1 < left.length ? 1 : 0);
      lists.push({ open, level, known: open === this.#stack[level], end });
    }
    const some = lists.filter(({ open, end }) => end > open.outlined);
    this.#count(some.length);
    for (const { open, level, known, end } of some) {
      this.#count(level * 2 + (known ? 1 : 0));
      this.#count(end - open.outlined);
      for (let index = open.outlined; index < end; index++) this.#u16(fingerprint(open.keys[index] ?? ''));
      open.outlined = end;
    }
  }

  take(): Buffer {
    return this.#bytes.subarray(0, this.#position);
  }

  #container(open: OpenContainer, { known, inside }: { known: boolean; inside: boolean }): void {
    const { kind, length, index, keys, binary } = open;
    this.#count(kind * 2 + (known ? 1 : 0));
    if (!known) {
      this.#count(length);
      if (kind === OPEN_KINDS.record) for (const key of keys) this.#string(key);
      if (kind === OPEN_KINDS.bytes) this.#count(binary);
    }
    this.#count(index);
    if (kind === OPEN_KINDS.dictionary && inside) this.#string(keys[index] ?? '');
  }

  #count(value: number): void {
    this.#reserve(5);
    let rest = value;
    while (rest > 0x7f) {
      this.#bytes[this.#position++] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
    }
    this.#bytes[this.#position++] = rest;
  }

  #u16(value: number): void {
    this.#reserve(2);
    this.#position = this.#bytes.writeUInt16LE(value, this.#position);
  }

  /** In UTF-16, which is exact for any key. */
  #string(text: string): void {
    const bytes = text.length * 2;
    this.#count(bytes);
    this.#reserve(bytes);
    this.#position += this.#bytes.write(text, this.#position, bytes, 'utf16le');
  }

  #reserve(bytes: number): void {
    if (this.#position + bytes <= this.#bytes.length) return;
    const grown = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.#position + bytes));
    grown.set(this.#bytes.subarray(0, this.#position));
    this.#bytes = grown;
  }
}

/** A number that grows as a container is written: it is before its element at `index`, or inside of it. */
export function progressOf(index: number, inside: boolean): number {
  return 2 * index + (inside ? 1 : 0);
}

/** 16 bits of FNV-1a over the UTF-16 units of a key. */
export function fingerprint(key: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < key.length; index++) {
    hash = Math.imul(hash ^ key.charCodeAt(index), 0x01000193);
  }
  return (hash ^ (hash >>> 16)) & 0xffff;
}

keepShape(new GraphOutline());
