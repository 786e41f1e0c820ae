import { KEY_SEPARATOR, SHAPE_KEYS } from './graph-format.js';
import { NamedCache } from './named-cache.js';
/** Key sets remembered at a time, over the whole thread. */
const REMEMBERED_SHAPES = 2_048;
/** Longer lists of keys are not remembered. */
const SEEN_NAME_CHARACTERS = 4_096;
const seen = new NamedCache(REMEMBERED_SHAPES, SEEN_NAME_CHARACTERS);
/**
 * The shape of an object's keys, or undefined where it has to be written as a dictionary: it has too many keys
 * or none, a key holds the separator, or this thread meets the key set for the first time. A set that comes twice will
 * come again; one that does not would cost more to describe than it saves.
 */
function shapeOf(keys) {
    if (keys.length > SHAPE_KEYS || keys.length === 0)
        return undefined;
    const name = keys.join(KEY_SEPARATOR);
    if (!seen.fits(name))
        return undefined;
    const known = seen.get(name);
    if (known)
        return known.keys.length === keys.length ? known : undefined;
    if (known === undefined) {
        seen.keep(name, null);
        return undefined;
    }
    if (keys.some((key) => key.includes(KEY_SEPARATOR)))
        return undefined;
    const shape = { keys, name, children: new Array(keys.length), owner: undefined, id: 0 };
    seen.keep(name, shape);
    return shape;
}
/** Whether an object has exactly a shape's keys in its order. `for…in` also meets inherited ones, which differ. */
export function matches(shape, object) {
    const { keys } = shape;
    let index = 0;
    for (const key in object)
        if (key !== keys[index++])
            return false;
    return index === keys.length;
}
/** Whether an object has no class of its own. */
export function isPlain(value) {
    const prototype = Object.getPrototypeOf(value);
    return prototype === Object.prototype || prototype === null;
}
/** Whether a value is an object with fields and no class of its own. */
export function isRecord(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value) && isPlain(value);
}
/** So many unknown key sets make an encoder doubt that there are any known ones. */
const MANY_STRANGERS = 64;
/** The shapes that one value has had, and which of them the segment that is being written has described. */
export class SegmentShapes {
    #introduced = 0;
    /** Objects whose key set was looked up, or would have been, and was unknown; and those whose set was known. */
    #strangers = 0;
    #acquaintances = 0;
    /** Stands for this segment on the shapes that it knows; they outlive it, and must not hold on to its bytes. */
    #token = {};
    /** The next segment begins, which has to describe its shapes itself. */
    forget() {
        this.#introduced = 0;
        this.#token = {};
    }
    /** The shape of these keys, or undefined where the object is to be written as a dictionary. */
    of(keys) {
        const shape = this.#worthAsking() ? shapeOf(keys) : undefined;
        if (shape === undefined)
            this.#strangers++;
        else
            this.#acquaintances++;
        return shape;
    }
    /** Gives a shape its number. True where the segment has to describe it first. */
    introduce(shape) {
        if (shape.owner === this.#token)
            return false;
        shape.owner = this.#token;
        shape.id = this.#introduced++;
        return true;
    }
    /** In a dictionary of dictionaries hardly a key set comes twice: then only one object in 16 is looked up. */
    #worthAsking() {
        const strangers = this.#strangers;
        return strangers < MANY_STRANGERS || strangers < 4 * this.#acquaintances || strangers % 16 === 0;
    }
}
