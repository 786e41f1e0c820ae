/** A key as it stands in generated code: quoted, so that no key can be more than a string in it. */
export declare function quotedKey(key: string): string;
/** A key as the name of a property in a literal: computed, where a plain one would set the prototype. */
export declare function propertyName(key: string): string;
/**
 * The columns of a set by the shapes that have them, one bit for each of at most 32. What is to be done for a column stands in
 * generated code once, and not once for each shape: the engine's optimizing compiler took 675 ms for 6 shapes of 25 columns each, and for so
 * long a call took eight times as long as afterwards.
 */
export declare function byShapes<Column>(columns: Iterable<Column>, shapes: readonly {
    readonly columns: readonly Column[];
}[]): Map<number, Column[]>;
/** The bits of all shapes of a set. */
export declare function everyShape(shapes: readonly unknown[]): number;
/** Statements for records of the shapes that `bits` says; the variable `shape` has the number of a record's. */
export declare function ifShape(bits: number, shape: string, statements: string): string;
/** A function of generated code; undefined where the process forbids that. */
export declare function compileFunction(parameters: readonly string[], body: string): unknown;
