/** How deep content may be nested: what Python's `json.dumps` manages with its default recursion limit, about. */
export declare const MAX_CANONICAL_DEPTH = 900;
/**
 * The text that Python's `json.dumps(value, sort_keys=True, ensure_ascii=True)` writes for the same data: one text
 * for equal data, whatever the order of the keys.
 *
 * Holds `null`, booleans, strings, finite numbers, bigints (Python's int), arrays and plain objects. JavaScript has
 * one type for 1 and 1.0, and both print as the int `1`. A number prints as Python prints what it reads from
 * `JSON.stringify`: -0 as `0`, an integer below 1e21 as an int, all else as Python's float (`1e-07`, `1e+21`).
 *
 * @param root how messages call the value
 * @throws OffloopError `ERR_VALUE` with the path, for anything else: NaN, infinities, `undefined` and holes,
 *   functions, symbols and symbol keys, cycles, instances of classes (Date and Map too), more than
 *   {@link MAX_CANONICAL_DEPTH} levels.
 */
export declare function canonicalJson(value: unknown, root?: string): string;
/** What a {@link CanonicalWriter} is given. */
export interface CanonicalSource {
    readonly value: unknown;
    /** How messages call the value. */
    readonly root: string;
    /** Takes the text, piece by piece. */
    readonly sink: (text: string) => void;
}
/** Writes {@link canonicalJson} in steps of a fraction of a millisecond. The value must not be changed meanwhile. */
export declare class CanonicalWriter {
    #private;
    constructor({ value, root, sink }: CanonicalSource);
    /** Writes a little more. True where there is more to write. Throws as {@link canonicalJson} does. */
    step(): boolean;
}
/** Whether it is made by `{}`, `JSON.parse` or `Object.create(null)`, in whatever realm. */
export declare function isPlainObject(value: unknown): value is Record<string, unknown>;
