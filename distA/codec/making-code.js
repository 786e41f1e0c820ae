import { compileFunction, propertyName, quotedKey } from './generated-code.js';
import { NamedCache } from './named-cache.js';
import { listOf, listWith } from './young-values.js';
/** New code of a kind. */
export function makingCode(allocation) {
    return allocation === 'young' ? new YoungCode() : new LiteralCode();
}
/**
 * Literals. V8 counts, for each place in code with one, or with `new Array`, how many of the objects made there outlive a collection,
 * and where most do it makes all later ones in the old generation, for as long as the process lives.
 */
class LiteralCode {
    object(keys, values) {
        return objectLiteral(keys, values);
    }
    list(items) {
        return `[${items.join(', ')}]`;
    }
    emptyList(length) {
        return `new Array(${length})`;
    }
    compile(parameters, body) {
        return compileWith(parameters, body);
    }
}
/**
 * Constructors, copies and lists of parameters, of none of which V8 counts where they are made. With literals some reads in which the
 * values lived a little longer were enough that from then on only full collections freed what was read: 2 MB of records, read
 * again and again, held the event loop 5 to 25 times as long.
 */
class YoungCode {
    #makers = [];
    object(keys, values) {
        const maker = makerOf(keys);
        if (!maker)
            return objectLiteral(keys, values);
        return `new Maker${this.#makers.push(maker) - 1}(${values.join(', ')})`;
    }
    list(items) {
        return `listWith(${items.join(', ')})`;
    }
    emptyList(length, first) {
        return `listOf(${length}, ${first})`;
    }
    compile(parameters, body) {
        const makers = Object.fromEntries(this.#makers.map((maker, index) => [`Maker${index}`, maker]));
        return compileWith({ ...parameters, ...makers, listOf, listWith }, body);
    }
}
/** Makers kept at a time, over the whole thread. */
const KEPT_MAKERS = 1_024;
/** A longer list of keys gets a maker that is not kept. */
const KEPT_NAME_CHARACTERS = 4_096;
/** Values that are passed one by one. */
const MOST_KEYS = 64;
const makers = new NamedCache(KEPT_MAKERS, KEPT_NAME_CHARACTERS);
/**
 * The maker for these keys: the same one for all codecs and schemas, so that the engine sees objects of one layout. Undefined where
 * it would not make what a literal does, or the process forbids generated code.
 */
function makerOf(keys) {
    if (keys.length === 0 || keys.length > MOST_KEYS || !keys.every(isAssigned))
        return undefined;
    const name = JSON.stringify(keys);
    const known = makers.get(name);
    if (known)
        return known;
    const made = compileMaker(keys);
    return made && makers.keep(name, made);
}
/** Whether an assignment makes an own property beside the others, and no inherited one is set or in the way. */
function isAssigned(key) {
    return !(key in Object.prototype || /^\d/.test(key));
}
/** It has the name of what it stands for, which is what a heap snapshot shows. */
function compileMaker(keys) {
    const parameters = keys.map((_, index) => `v${index}`);
    const assignments = keys.map((key, index) => `this[${quotedKey(key)}] = v${index};`);
    const maker = compileWith({}, `return function Object(${parameters.join(', ')}) {\n${assignments.join('\n')}\n};`);
    if (maker)
        maker.prototype = Object.prototype;
    return maker;
}
function objectLiteral(keys, values) {
    return `{ ${keys.map((key, index) => `${propertyName(key)}: ${values[index]}`).join(', ')} }`;
}
function compileWith(parameters, body) {
    const factory = compileFunction(Object.keys(parameters), `'use strict';\n${body}`);
    return factory?.(...Object.values(parameters));
}
