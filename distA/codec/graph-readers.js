import { KEY_SEPARATOR, SHAPE_KEYS } from './graph-format.js';
import { makingCode } from './making-code.js';
import { NamedCache } from './named-cache.js';
import { ownText } from './text.js';
/** Readers kept at a time of each allocation, over the whole thread. */
const KEPT_READERS = 1_024;
/** Objects of a shape that are read key by key before a reader is compiled for it. */
const READS_BEFORE_COMPILING = 32;
/** A longer list of keys gets a reader that is not kept. */
const KEPT_NAME_CHARACTERS = 4_096;
const readers = {
    young: new NamedCache(KEPT_READERS, KEPT_NAME_CHARACTERS),
    learned: new NamedCache(KEPT_READERS, KEPT_NAME_CHARACTERS),
};
/** The reader of a shape's name, shared by all payloads of this thread; undefined where it has too many keys. */
export function readerOf(name, allocation) {
    const known = readers[allocation].get(name);
    if (known)
        return known;
    // The name is a piece of a bundle.
    const own = ownText(name);
    const keys = own.split(KEY_SEPARATOR);
    if (keys.length > SHAPE_KEYS)
        return undefined;
    return readers[allocation].keep(own, new ShapeReader(keys, allocation));
}
class ShapeReader {
    keys;
    #allocation;
    #assignable;
    #compiled;
    #reads = 0;
    constructor(keys, allocation) {
        this.keys = keys;
        this.#allocation = allocation;
        this.#assignable = !keys.includes('__proto__');
    }
    read(source) {
        if (this.#compiled)
            return this.#compiled(source);
        if (++this.#reads === READS_BEFORE_COMPILING)
            this.#compiled = compile(this.keys, this.#allocation);
        const object = {};
        for (const key of this.keys) {
            const value = source.value();
            if (this.#assignable)
                object[key] = value;
            else
                defineOwn(object, key, value);
        }
        return object;
    }
}
/** Sets an own property, whatever its name means elsewhere. */
export function defineOwn(object, key, value) {
    Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
}
/** A function that makes an object of these keys at once. Undefined where the process forbids code generation. */
function compile(keys, allocation) {
    const making = makingCode(allocation);
    const object = making.object(keys, keys.map(() => 'source.value()'));
    return making.compile({}, `return function (source) { return ${object}; };`);
}
