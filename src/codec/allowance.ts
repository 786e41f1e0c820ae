import { keepShape } from '../kept-shapes.js';
import {
  assertBinary,
  assertItems,
  assertString,
  DEFAULT_LIMITS,
  type DecodeLimits,
  tooDeep,
} from './limits.js';

/** What of the limits one value has used while it is read. */
export class Allowance {
  /** How many containers deep the reader is. */
  depth = 0;
  #items = 0;
  readonly #limits: DecodeLimits;
  readonly #maxDepth: number;

  constructor(limits: DecodeLimits) {
    this.#limits = limits;
    this.#maxDepth = limits.maxDepth;
  }

  /** Items of containers that have been announced. */
  get itemCount(): number {
    return this.#items;
  }

  /** A container begins. Whoever reads it takes {@link depth} back at its end. */
  enter(): void {
    if (++this.depth > this.#maxDepth) throw tooDeep('graph', this.#limits);
  }

  /** So many levels come below this one. */
  levels(levels: number): void {
    if (this.depth + levels > this.#maxDepth) throw tooDeep('columns', this.#limits);
  }

  items(count: number): void {
    this.#items += count;
    assertItems(this.#items, this.#limits);
  }

  string(characters: number): void {
    assertString(characters, this.#limits);
  }

  binary(bytes: number): void {
    assertBinary(bytes, this.#limits);
  }
}

keepShape(new Allowance(DEFAULT_LIMITS));
