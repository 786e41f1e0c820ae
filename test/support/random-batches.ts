import { defineOwn } from '../../dist/codec/graph-readers.js';
import { seeded } from './hostile-bytes.js';

const KEYS = [
  'id',
  'name',
  '__proto__',
  'constructor',
  'hasOwnProperty',
  'toString',
  'valueOf',
  'length',
  '0',
  '17',
  '4294967295',
  '-1',
  '',
  ' ',
  'é😀',
  '\ud800',
  '\u2028',
  '\u2029',
  '"',
  "'",
  '\\',
  '${x',
  '];x',
  'a\nb',
  '//',
  '*/',
  'row',
  'F',
  'get',
  'await',
  '\u0001',
  '\u0000x',
  'ſ',
  'null',
  'undefined',
] as const;

type Make = (index: number) => unknown;

/**
 * Lists of records whose kinds of fields are drawn once and change here and there: shapes that come and go in the middle,
 * values of another kind in one row, keys that look like code. A seed fixes them all.
 */
export class RandomBatches {
  readonly #random: (below: number) => number;

  constructor(seed: number) {
    this.#random = seeded(seed);
  }

  /** A function that gives another list of the same records each time. */
  family(): () => unknown[] {
    const random = this.#random;
    const fields = this.#fields(1 + random(7), 2);
    const strangeness = random(3) === 0 ? 1 + random(40) : 0;
    return () => {
      const rows: unknown[] = [];
      const length = random(4) === 0 ? random(30) : 24 + random(90);
      for (let index = 0; index < length; index++) {
        const isStrange = strangeness > 0 && random(strangeness) === 0;
        rows.push(isStrange ? this.#stranger(index) : record(fields, index, random));
      }
      return random(6) === 0 ? ([{ before: 1, rows, after: [rows.length] }] as unknown[]) : rows;
    };
  }

  #fields(count: number, levels: number): Field[] {
    const random = this.#random;
    const fields = new Map<string, Field>();
    for (let index = 0; index < count; index++) {
      const key = random(3) === 0 ? (KEYS[random(KEYS.length)] as string) : `f${random(12)}`;
      const isOptional = random(4) === 0;
      fields.set(key, { key, make: this.#kind(levels), isOptional, isNullable: random(5) === 0 });
    }
    return [...fields.values()];
  }

  #kind(levels: number): Make {
    const random = this.#random;
    switch (random(levels > 0 ? 19 : 12)) {
      case 0: {
        const step = [1, -3, 1_000, 70_000, 2 ** 33][random(5)] as number;
        const spread = [1, 3, 300][random(3)] as number;
        return (index) => step * index + random(spread);
      }
      case 1:
        return () => random(100_000) - 50_000;
      case 2:
        return () => random(1_000_000) / 8;
      case 3:
        return () => random(2 ** 32) * 1_000 + 0.1;
      case 4:
        return () => random(2) === 0;
      case 5:
        return () => ['new', 'open', 'done', ''][random(4)];
      case 6:
        return () => 'abcdefghijklmnopqrstuvwxyz'.slice(random(26)).repeat(random(4));
      case 7:
        return () => ['é', '漢字', '😀', '\ud800', 'plain'][random(5)]?.repeat(random(5));
      case 8:
        return () => new Date(random(2) === 0 ? 1.6e12 + random(1e9) : Number.NaN);
      case 9:
        return () =>
          [-0, 0, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, 2 ** 53 + 2, -1, 1e300][random(8)];
      case 10:
        return () => null;
      case 11:
        return () => this.#anything();
      case 17:
      case 18: {
        const value = this.#kind(levels - 1);
        return (index) => dictionary(value, index, random);
      }
      case 12:
      case 13: {
        const fields = this.#fields(1 + random(4), levels - 1);
        return (index) => record(fields, index, random);
      }
      default: {
        const item = this.#kind(levels - 1);
        return (index) => Array.from({ length: random(5) }, () => item(index));
      }
    }
  }

  #anything(): unknown {
    const random = this.#random;
    const values: readonly unknown[] = [
      undefined,
      null,
      5n,
      -(2n ** 90n),
      'text',
      1.5,
      true,
      [],
      {},
      [1, [2]],
      { a: { b: [null] } },
      new Map([[1, 'x']]),
      new Set([1]),
      Buffer.from('ab'),
      new Uint16Array([1, 2]),
      'x'.repeat(9_000),
      { a: undefined },
      JSON.parse('{"__proto__":1}'),
      Object.freeze({ f: 1 }),
      new Date(5),
      [undefined],
      Array.from({ length: random(60) }, (_, i) => [random(1_000) - 500, i / (1 + random(2))]),
      Array.from({ length: random(40) }, (_, i) => (i === 0 ? [9e4, 1, 2] : [i, -i, random(300)])),
    ];
    return values[random(values.length)];
  }

  #stranger(index: number): unknown {
    const random = this.#random;
    return random(2) === 0 ? (this.#anything() ?? null) : { id: index, extra: this.#anything() };
  }
}

interface Field {
  readonly key: string;
  readonly make: Make;
  readonly isOptional: boolean;
  readonly isNullable: boolean;
}

/** An object of other keys each time. */
function dictionary(value: Make, index: number, random: (below: number) => number): object {
  const made = {};
  for (let field = random(7); field > 0; field--) {
    const key = random(4) === 0 ? (KEYS[random(KEYS.length)] as string) : `k${random(40)}`;
    defineOwn(made, key, value(index));
  }
  return made;
}

function record(fields: readonly Field[], index: number, random: (below: number) => number): object {
  const made = {};
  for (const { key, make, isOptional, isNullable } of fields) {
    if (isOptional && random(2) === 0) continue;
    const value = isNullable && random(3) === 0 ? null : make(index);
    defineOwn(made, key, value);
  }
  return made;
}
