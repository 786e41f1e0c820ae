import { keepShape } from '../kept-shapes.js';
import type { BatchMemo } from './columns-memo.js';
import { OPEN_KINDS, type OpenKind } from './graph-open.js';
import { defineOwn } from './graph-readers.js';
import type { DecodeLimits } from './limits.js';

/** Stands for a value that is not complete. No stored value can be it. */
export const PENDING = Symbol('pending');

/** What a part is made of, and how far it is. */
export interface PartContent {
  readonly kind: OpenKind;
  readonly target: object;
  /** Elements, fields, characters or bytes when complete; of a map, keys and values are counted. */
  readonly length: number;
  /** What comes next, or is in the middle of being read. */
  readonly index: number;
  /** The names of a record's fields. */
  readonly names?: readonly string[];
  /** The index of the first element or byte in `target`, where those before it are in segments that were not read. */
  readonly base?: number;
  /** The key of the dictionary field that is in the middle of being read. */
  readonly key?: unknown;
}

/** A container that the segments so far have begun and not completed. */
export class OpenPart {
  readonly kind: OpenKind;
  readonly target: object;
  readonly length: number;
  readonly base: number;
  index: number;
  /** Of a dictionary or a map: the key whose value comes. */
  key: unknown;
  /** Of a long string: what is there of it. */
  text = '';
  readonly names: readonly string[];

  constructor({ kind, target, length, index, names = [], base = 0, key }: PartContent) {
    this.kind = kind;
    this.target = target;
    this.length = length;
    this.index = index;
    this.base = base;
    this.key = key;
    this.names = names;
  }

  /** Puts the next value where it belongs. */
  put(value: unknown): void {
    switch (this.kind) {
      case OPEN_KINDS.array:
        (this.target as unknown[])[this.index - this.base] = value;
        break;
      case OPEN_KINDS.record:
        setField(this.target, this.names[this.index] ?? '', value);
        break;
      case OPEN_KINDS.dictionary:
        setField(this.target, String(this.key), value);
        break;
      case OPEN_KINDS.map:
        if (this.index % 2 === 0) this.key = value;
        else (this.target as Map<unknown, unknown>).set(this.key, value);
        break;
      default:
        (this.target as Set<unknown>).add(value);
    }
    this.index++;
  }
}

/** Sets an own property, whatever its name means elsewhere. */
export function setField(target: object, key: string, value: unknown): void {
  if (key === '__proto__') defineOwn(target, key, value);
  else (target as Record<string, unknown>)[key] = value;
}

/** What a decoder is given. */
export interface SegmentsGiven {
  /** Whether it is the payload of `columns`. */
  readonly hasBatches: boolean;
  /** What the segments before the first one have left open, the outermost first. */
  readonly open?: readonly OpenPart[];
  /** The bytes of those that are given. */
  readonly room?: number;
  /** What is over them is `ERR_LIMIT`. @default those of what Offloop writes */
  readonly limits?: DecodeLimits | undefined;
  /** Of all segments. @default none */
  readonly memo?: BatchMemo | undefined;
}

keepShape(new OpenPart({ kind: OPEN_KINDS.array, target: [], length: 0, index: 0 }));
