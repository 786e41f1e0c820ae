/** A key as it stands in generated code: quoted, so that no key can be more than a string in it. */
export function quotedKey(key) {
    return JSON.stringify(key).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
}
/** A key as the name of a property in a literal: computed, where a plain one would set the prototype. */
export function propertyName(key) {
    return key === '__proto__' ? `[${quotedKey(key)}]` : quotedKey(key);
}
/**
 * The columns of a set by the shapes that have them, one bit for each of at most 32. What is to be done for a column stands in
 * generated code once, and not once for each shape: the engine's optimizing compiler took 675 ms for 6 shapes of 25 columns each, and for so
 * long a call took eight times as long as afterwards.
 */
export function byShapes(columns, shapes) {
    const groups = new Map();
    for (const column of columns) {
        const bits = shapes.reduce((sum, shape, number) => sum + (shape.columns.includes(column) ? 2 ** number : 0), 0);
        const group = groups.get(bits);
        if (group)
            group.push(column);
        else
            groups.set(bits, [column]);
    }
    return groups;
}
/** The bits of all shapes of a set. */
export function everyShape(shapes) {
    return 2 ** shapes.length - 1;
}
/** Statements for records of the shapes that `bits` says; the variable `shape` has the number of a record's. */
export function ifShape(bits, shape, statements) {
    return `if ((${bits} >>> ${shape} & 1) !== 0) {\n${statements}}\n`;
}
/** A function of generated code; undefined where the process forbids that. */
export function compileFunction(parameters, body) {
    try {
        return new Function(...parameters, body);
    }
    catch (error) {
        if (error instanceof EvalError)
            return undefined;
        throw error;
    }
}
