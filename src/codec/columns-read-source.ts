import type { ColumnSchema, SetSchema } from './columns-schema.js';
import { byShapes, everyShape, ifShape } from './generated-code.js';
import type { MakingCode } from './making-code.js';

/** Code that makes a value: statements first, then an expression. */
interface Made {
  readonly statements: string;
  readonly expression: string;
}

/**
 * The body that returns a function of a batch's data, an array of rows, an index and a count, which makes so many rows there. It
 * needs `setField`. Of the stored bytes it takes the kinds of columns, and the keys, quoted.
 */
export function readSource(root: SetSchema, making: MakingCode): string {
  const { statements, expression } = new ReadSource(making).record(root);
  return `return function makeRows(data, rows, at, count) {
const F = data.numbers.array, I = data.integers.array, B = data.bits.array;
${cursorsOf(root)}
for (let row = at, end = at + count; row < end; row++) {
${statements}rows[row] = ${expression};
}
};`;
}

/** The variables with the place of each column's next value. */
function cursorsOf({ id, columns, shapes }: SetSchema): string {
  const shape = shapes.length === 1 ? '' : `let c${id} = data.at[${id}];\n`;
  return shape + columns.map(cursorOf).join('');
}

function cursorOf({ id, kind, isMasked, set, item, names }: ColumnSchema): string {
  const mask = isMasked ? `let m${id} = data.mask[${id}];\n` : '';
  const inner = (set ? cursorsOf(set) : '') + (names ? cursorOf(names) : '') + (item ? cursorOf(item) : '');
  if (kind === 'null' || kind === 'record') return mask + inner;
  const lists = {
    string: `const t${id} = data.texts[${id}]; let p${id} = data.from[${id}];\n`,
    dictionary: `const d${id} = data.tables[${id}];\n`,
    any: `const a${id} = data.values[${id}];\n`,
  };
  const list = kind in lists ? lists[kind as keyof typeof lists] : '';
  return `${mask}let c${id} = data.at[${id}];\n${list}${inner}`;
}

/** Lists of at most so many plain values are made at once each. */
const SHORT_ITEMS = 4;

class ReadSource {
  readonly #making: MakingCode;
  #variables = 0;

  constructor(making: MakingCode) {
    this.#making = making;
  }

  record({ id, columns, keys, shapes }: SetSchema): Made {
    const [only] = shapes;
    if (shapes.length === 1 && only) {
      const made = only.map((index) => this.#value(columns[index] as ColumnSchema));
      return {
        statements: made.map(({ statements }) => statements).join(''),
        expression: this.#object(keys, only, (place) => made[place]?.expression ?? 'null'),
      };
    }
    const result = this.#name();
    const shape = this.#name();
    const values = columns.map(() => this.#name());
    const read = (index: number): string => {
      const { statements, expression } = this.#value(columns[index] as ColumnSchema);
      return `${statements}${values[index]} = ${expression};\n`;
    };
    const having = shapes.map((each) => ({ columns: each }));
    const every = everyShape(shapes);
    const reads = [...byShapes(columns.keys(), having)].map(([bits, indices]) => {
      const all = indices.map(read).join('');
      return bits === every ? all : ifShape(bits, shape, all);
    });
    const cases = shapes.map((each, number) => {
      const object = this.#object(keys, each, (_, index) => values[index] ?? 'null');
      return `case ${number}: ${result} = ${object}; break;\n`;
    });
    return {
      statements: `const ${shape} = I[c${id}++];
let ${result}, ${values.join()};
${reads.join('')}switch (${shape}) {
${cases.join('')}}
`,
      expression: result,
    };
  }

  /** A record of one shape. `expressionOf` gives the expression of a field, by its place in the shape and the number of its column. */
  #object(
    keys: readonly string[],
    shape: readonly number[],
    expressionOf: (place: number, column: number) => string,
  ): string {
    return this.#making.object(
      shape.map((column) => keys[column] ?? ''),
      shape.map((column, place) => expressionOf(place, column)),
    );
  }

  #value(column: ColumnSchema): Made {
    const made = this.#present(column);
    if (!column.isMasked) return made;
    const isThere = `B[m${column.id}++] === 1`;
    if (made.statements === '') {
      return { statements: '', expression: `(${isThere} ? ${made.expression} : null)` };
    }
    const result = this.#name();
    return {
      statements: `let ${result} = null;\nif (${isThere}) {\n${made.statements}${result} = ${made.expression};\n}\n`,
      expression: result,
    };
  }

  #present({ id, kind, set, item, names }: ColumnSchema): Made {
    if (set) return this.record(set);
    if (item && names) return this.#dictionary(id, names, item);
    if (item) return this.#list(id, item);
    const expressions: Readonly<Record<string, string>> = {
      number: `F[c${id}++]`,
      date: `new Date(F[c${id}++])`,
      boolean: `B[c${id}++] === 1`,
      string: `t${id}.slice(p${id}, p${id} += I[c${id}++])`,
      dictionary: `d${id}[I[c${id}++]]`,
      any: `a${id}[c${id}++]`,
    };
    return { statements: '', expression: expressions[kind] ?? 'null' };
  }

  #list(id: number, item: ColumnSchema): Made {
    const list = this.#name();
    const length = this.#name();
    const index = this.#name();
    const { statements, expression } = this.#value(item);
    const isNumber = item.kind === 'number' && !item.isMasked;
    const empty = this.#making.emptyList(length, isNumber ? `F[c${item.id}]` : "''");
    const filled = `${list} = ${empty};
for (let ${index} = 0; ${index} < ${length}; ${index}++) {
${statements}${list}[${index}] = ${expression};
}
`;
    const made =
      statements === '' && !isNumber
        ? `switch (${length}) {\n${this.#shortLists(list, expression)}default:\n${filled}}\n`
        : filled;
    return { statements: `const ${length} = I[c${id}++];\nlet ${list};\n${made}`, expression: list };
  }

  /** Cases for short lists of what an expression gives each time. */
  #shortLists(list: string, expression: string): string {
    const cases = Array.from({ length: SHORT_ITEMS }, (_, index) => {
      const items = new Array<string>(index + 1).fill(expression);
      return `case ${index + 1}: ${list} = ${this.#making.list(items)}; break;\n`;
    });
    return cases.join('');
  }

  #dictionary(id: number, names: ColumnSchema, item: ColumnSchema): Made {
    const object = this.#name();
    const left = this.#name();
    const key = this.#name();
    const { statements, expression } = this.#value(item);
    return {
      statements: `const ${object} = {};
for (let ${left} = I[c${id}++]; ${left} > 0; ${left}--) {
const ${key} = ${this.#value(names).expression};
${statements}setField(${object}, ${key}, ${expression});
}
`,
      expression: object,
    };
  }

  #name(): string {
    return `x${this.#variables++}`;
  }
}
