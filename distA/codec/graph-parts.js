import { OPEN_KINDS } from './graph-open.js';
import { defineOwn } from './graph-readers.js';
/** Stands for a value that is not complete. No stored value can be it. */
export const PENDING = Symbol('pending');
/** A container that the segments so far have begun and not completed. */
export class OpenPart {
    kind;
    target;
    length;
    base;
    index;
    /** Of a dictionary or a map: the key whose value comes. */
    key;
    /** Of a long string: what is there of it. */
    text = '';
    names;
    constructor({ kind, target, length, index, names = [], base = 0, key }) {
        this.kind = kind;
        this.target = target;
        this.length = length;
        this.index = index;
        this.base = base;
        this.key = key;
        this.names = names;
    }
    /** Puts the next value where it belongs. */
    put(value) {
        switch (this.kind) {
            case OPEN_KINDS.array:
                this.target[this.index - this.base] = value;
                break;
            case OPEN_KINDS.record:
                setField(this.target, this.names[this.index] ?? '', value);
                break;
            case OPEN_KINDS.dictionary:
                setField(this.target, String(this.key), value);
                break;
            case OPEN_KINDS.map:
                if (this.index % 2 === 0)
                    this.key = value;
                else
                    this.target.set(this.key, value);
                break;
            default:
                this.target.add(value);
        }
        this.index++;
    }
}
/** Sets an own property, whatever its name means elsewhere. */
export function setField(target, key, value) {
    if (key === '__proto__')
        defineOwn(target, key, value);
    else
        target[key] = value;
}
