import type { ColumnPlaces } from './columns-places.js';
import {
  BATCH_STRING_CHARACTERS,
  type ColumnPlan,
  DICTIONARY_ENTRIES,
  type SetPlan,
  type SetShape,
} from './columns-plan.js';
import { byShapes, everyShape, ifShape, quotedKey } from './generated-code.js';

/** A value in generated code. */
interface Cell {
  /** The name of the variable that holds it. */
  readonly value: string;
  /** The name of the variable with its place in its column. */
  readonly at: string;
}

/**
 * The code that reads rows into columns. It leaves its loop before the first row that is not as planned; what it has
 * read of that row stands behind the end of the columns.
 */
export class WalkSource {
  /** The sets whose keys the code follows, by the number in `keys`. */
  readonly sets: SetPlan[] = [];
  readonly #places: ColumnPlaces;
  /** The variables with the place of the next value of some columns, where not each row has one. */
  readonly #cursors: string[] = [];
  /** Those of the elements of lists. */
  readonly #listCursors: string[] = [];
  readonly #nodes = new Map<SetPlan, string>();
  #variables = 0;

  constructor(places: ColumnPlaces) {
    this.#places = places;
  }

  /** The body of a function of the rows `from` to `to - 1`, which gives how many of them it has read. */
  body(root: SetPlan): string {
    const row = this.#record(root, { value: 'row', at: 'at' });
    const { textColumns, values } = this.#places;
    const lists = [
      ...textColumns.map((_, k) => ({
        begin: `let t${k} = ''; const d${k} = tables[${k}];`,
        end: `texts.push(t${k});`,
      })),
      ...Array.from({ length: values }, (_, k) => ({ begin: `const a${k} = values[${k}];`, end: '' })),
    ];
    return `const { texts, tables, values } = out;
${lists.map(({ begin }) => begin).join('\n')}
${[...this.#cursors, ...this.#listCursors].map((name) => `let ${name} = 0;`).join('')}
for (const key in objectPrototype) return 0;
const end = to - from;
let at = 0;
rows: for (; at < end; at++) {
const row = rows[from + at];
if (typeof row !== 'object' || row === null) break;
${row}}
${lists.map(({ end }) => end).join('')}
out.most = Math.max(${['at', ...this.#listCursors].join()});
return at;`;
  }

  #record(set: SetPlan, { value, at }: Cell): string {
    const node = this.#name('n');
    const follow = `let ${node} = ${this.#nodeOf(set)};
for (const key in ${value}) {
while (${node}.key !== key) { ${node} = ${node}.other; if (${node} === undefined) break rows; }
${node} = ${node}.next;
}
`;
    const values = new Map([...set.columns.values()].map((column) => [column, this.#name('v')]));
    const [only] = set.shapes;
    if (set.shapes.length === 1 && only) {
      const reads = only.columns.map((column) => this.#column(column, { value: nameIn(values, column), at }));
      return `${follow}if (${node}.shape !== 0) break rows;
let ${[...values.values()].join()};
${this.#loads(only, values, value)}${reads.join('')}`;
    }
    const shape = this.#name('s');
    const cases = set.shapes.map(
      (each, number) => `case ${number}:\n${this.#loads(each, values, value)}break;\n`,
    );
    const every = everyShape(set.shapes);
    const reads = [...byShapes(set.columns.values(), set.shapes)].map(([bits, columns]) => {
      const isInAll = bits === every;
      const cursor = isInAll ? at : this.#cursor();
      const fields = columns.map((column) =>
        this.#column(column, { value: nameIn(values, column), at: cursor }),
      );
      return isInAll ? fields.join('') : ifShape(bits, shape, `${fields.join('')}${cursor}++;\n`);
    });
    return `${follow}const ${shape} = ${node}.shape;
let ${[...values.values()].join()};
switch (${shape}) {
${cases.join('')}default: break rows;
}
${this.#integer(this.#places.ofShapes(set), at)} = ${shape};
${reads.join('')}`;
  }

  /** Takes all fields of a record of one shape before anything is done with them. */
  #loads({ keys, columns }: SetShape, values: ReadonlyMap<ColumnPlan, string>, record: string): string {
    const loads = columns.map(
      (column, index) => `${nameIn(values, column)} = ${record}[${quotedKey(keys[index] ?? '')}];\n`,
    );
    // Behind a load the engine knows the object's hidden class, and with it the prototype.
    return `${loads.join('')}if (Object.getPrototypeOf(${record}) !== objectPrototype) break rows;\n`;
  }

  #column(column: ColumnPlan, { value, at }: Cell): string {
    if (!column.isMasked) return this.#value(column, { value, at });
    const mask = `B[${this.#base(this.#places.of(column).mask)} + ${at}]`;
    const inner = this.#cursor();
    return `if (${value} === null) ${mask} = 0; else { ${mask} = 1;\n${this.#value(column, { value, at: inner })}${inner}++; }\n`;
  }

  #value(column: ColumnPlan, { value, at }: Cell): string {
    const { cells, list } = this.#places.of(column);
    switch (column.written) {
      case 'number':
        return `if (typeof ${value} !== 'number') break rows;\n${this.#number(cells, at)} = ${value};\n`;
      case 'date':
        return `if (!(${value} instanceof Date) || Object.getPrototypeOf(${value}) !== Date.prototype) break rows;
${this.#number(cells, at)} = getTime.call(${value});\n`;
      case 'boolean':
        return `if (${value} === true) B[${this.#base(cells)} + ${at}] = 1; else if (${value} === false) B[${this.#base(cells)} + ${at}] = 0; else break rows;\n`;
      case 'string':
        return `if (typeof ${value} !== 'string' || ${value}.length > ${BATCH_STRING_CHARACTERS}) break rows;
t${list} += ${value}; ${this.#integer(cells, at)} = ${value}.length;\n`;
      case 'dictionary':
        return this.#dictionary({ value, at }, cells, list);
      case 'record':
        return `if (typeof ${value} !== 'object' || ${value} === null) break rows;\n${this.#record(column.set, { value, at })}`;
      case 'list':
        return this.#list(column, { value, at });
      case 'object':
        return this.#object(column, { value, at });
      case 'any':
        return `if (!isSmall(${value})) break rows;\na${list}.push(${value});\n`;
      default:
        return `if (${value} !== null) break rows;\n`;
    }
  }

  #dictionary({ value, at }: Cell, cells: number, list: number): string {
    const entry = this.#name('x');
    return `let ${entry} = d${list}.get(${value});
if (${entry} === undefined) {
if (typeof ${value} !== 'string' || ${value}.length > ${BATCH_STRING_CHARACTERS}) break rows;
${entry} = d${list}.size;
if (${entry} === ${DICTIONARY_ENTRIES}) { out.overflowed = ${list}; break rows; }
d${list}.set(${value}, ${entry}); t${list} += ${value};
}
${this.#integer(cells, at)} = ${entry};\n`;
  }

  #list(column: ColumnPlan, { value, at }: Cell): string {
    const length = this.#name('l');
    const index = this.#name('e');
    const item = this.#name('v');
    const cursor = this.#cursor(this.#listCursors);
    const isHole = `${item} === undefined && !(${index} in ${value})`;
    const holes = column.item.written === 'any' ? `if (${isHole}) break rows;\n` : '';
    return `if (!Array.isArray(${value})) break rows;
const ${length} = ${value}.length >>> 0;
if (Object.getPrototypeOf(${value}) !== arrayPrototype) break rows;
if (${cursor} + ${length} > ${this.#places.rows}) { out.isFull = at > 0; break rows; }
${this.#integer(this.#places.of(column).cells, at)} = ${length};
for (let ${index} = 0; ${index} < ${length}; ${index}++) {
const ${item} = ${value}[${index}];
${holes}${this.#column(column.item, { value: item, at: cursor })}${cursor}++;
}
`;
  }

  #object(column: ColumnPlan, { value, at }: Cell): string {
    const { names, item } = column;
    const count = this.#name('l');
    const field = this.#name('v');
    const key = this.#name('e');
    const cursor = this.#cursor(this.#listCursors);
    return `if (typeof ${value} !== 'object' || ${value} === null || Object.getPrototypeOf(${value}) !== objectPrototype) break rows;
let ${count} = 0;
for (const ${key} in ${value}) {
if (${cursor} === ${this.#places.rows}) { out.isFull = at > 0; break rows; }
${this.#value(names, { value: key, at: cursor })}const ${field} = ${value}[${key}];
if (${field} === undefined && !Object.hasOwn(${value}, ${key})) break rows;
${this.#column(item, { value: field, at: cursor })}${cursor}++;
${count}++;
}
${this.#integer(this.#places.of(column).cells, at)} = ${count};\n`;
  }

  #number(column: number, at: string): string {
    return `F[${this.#base(column)} + ${at}]`;
  }

  #integer(column: number, at: string): string {
    return `I[${2 * this.#base(column)} + ${at}]`;
  }

  #base(column: number): number {
    return column * this.#places.stride;
  }

  #nodeOf(set: SetPlan): string {
    const known = this.#nodes.get(set);
    if (known) return known;
    const name = `k${this.sets.push(set) - 1}`;
    this.#nodes.set(set, name);
    return name;
  }

  #cursor(list = this.#cursors): string {
    const name = this.#name('q');
    list.push(name);
    return name;
  }

  #name(prefix: string): string {
    return `${prefix}${this.#variables++}`;
  }
}

function nameIn(values: ReadonlyMap<ColumnPlan, string>, column: ColumnPlan): string {
  return values.get(column) as string;
}
