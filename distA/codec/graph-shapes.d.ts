/** A set of keys in their order, as the encoder meets it. Who uses it in one payload is noted on it. */
export interface Shape {
    readonly keys: readonly string[];
    /** The keys joined by {@link KEY_SEPARATOR}, as they are stored. */
    readonly name: string;
    /** The shape that an object under each key had last: the first guess for the next one. */
    readonly children: (Shape | undefined)[];
    /** The payload that knows this shape by `id`. */
    owner: object | undefined;
    id: number;
}
/** Whether an object has exactly a shape's keys in its order. `for…in` also meets inherited ones, which differ. */
export declare function matches(shape: Shape, object: object): boolean;
/** Whether an object has no class of its own. */
export declare function isPlain(value: object): boolean;
/** Whether a value is an object with fields and no class of its own. */
export declare function isRecord(value: unknown): value is object;
/** The shapes that one value has had, and which of them the segment that is being written has described. */
export declare class SegmentShapes {
    #private;
    /** The next segment begins, which has to describe its shapes itself. */
    forget(): void;
    /** The shape of these keys, or undefined where the object is to be written as a dictionary. */
    of(keys: readonly string[]): Shape | undefined;
    /** Gives a shape its number. True where the segment has to describe it first. */
    introduce(shape: Shape): boolean;
}
