import { keepShapeWith } from '../kept-shapes.js';
import { compileFunction, propertyName, quotedKey } from './generated-code.js';
import { NamedCache } from './named-cache.js';
import { type Allocation, listOf, listWith } from './young-values.js';

/** Writes the expressions of generated code that make objects and lists. Of stored bytes they have the keys, quoted. */
export interface MakingCode {
  /** An object of these keys and the values of these expressions, at once: several times as fast as key by key. */
  object(keys: readonly string[], values: readonly string[]): string;
  /** A list of the values of these expressions. */
  list(items: readonly string[]): string;
  /** A list of a length, every item of which is set afterwards, the first of them to what is like `first`. */
  emptyList(length: string, first: string): string;
  /** The function of generated code that a body returns, in which the expressions stand. Undefined where the process forbids it. */
  compile(parameters: Readonly<Record<string, unknown>>, body: string): unknown;
}

/** New code of a kind. */
export function makingCode(allocation: Allocation): MakingCode {
  return allocation === 'young' ? new YoungCode() : new LiteralCode();
}

/**
 * Literals. V8 counts, for each place in code with one, or with `new Array`, how many of the objects made there outlive a collection,
 * and where most do it makes all later ones in the old generation, for as long as the process lives.
 */
class LiteralCode implements MakingCode {
  object(keys: readonly string[], values: readonly string[]): string {
    return objectLiteral(keys, values);
  }

  list(items: readonly string[]): string {
    return `[${items.join(', ')}]`;
  }

  emptyList(length: string): string {
    return `new Array(${length})`;
  }

  compile(parameters: Readonly<Record<string, unknown>>, body: string): unknown {
    return compileWith(parameters, body);
  }
}

/**
 * Constructors, copies and lists of parameters, of none of which V8 counts where they are made. With literals some reads in which the
 * values lived a little longer were enough that from then on only full collections freed what was read: 2 MB of records, read
 * again and again, held the event loop 5 to 25 times as long.
 */
class YoungCode implements MakingCode {
  readonly #makers: Maker[] = [];

  object(keys: readonly string[], values: readonly string[]): string {
    const maker = makerOf(keys);
    if (!maker) return objectLiteral(keys, values);
    return `new Maker${this.#makers.push(maker) - 1}(${values.join(', ')})`;
  }

  list(items: readonly string[]): string {
    return `listWith(${items.join(', ')})`;
  }

  emptyList(length: string, first: string): string {
    return `listOf(${length}, ${first})`;
  }

  compile(parameters: Readonly<Record<string, unknown>>, body: string): unknown {
    const makers = Object.fromEntries(this.#makers.map((maker, index) => [`Maker${index}`, maker]));
    return compileWith({ ...parameters, ...makers, listOf, listWith }, body);
  }
}

/** Makes objects of one list of keys from their values, in that order, as the literal would. */
type Maker = new (...values: unknown[]) => object;

/** Makers kept at a time, over the whole thread. */
const KEPT_MAKERS = 1_024;
/** A longer list of keys gets a maker that is not kept. */
const KEPT_NAME_CHARACTERS = 4_096;
/** Values that are passed one by one. */
const MOST_KEYS = 64;

const makers = new NamedCache<Maker>(KEPT_MAKERS, KEPT_NAME_CHARACTERS);

/**
 * The maker for these keys: the same one for all codecs and schemas, so that the engine sees objects of one layout. Undefined where
 * it would not make what a literal does, or the process forbids generated code.
 */
function makerOf(keys: readonly string[]): Maker | undefined {
  if (keys.length === 0 || keys.length > MOST_KEYS || !keys.every(isAssigned)) return undefined;
  const name = JSON.stringify(keys);
  const known = makers.get(name);
  if (known) return known;
  const made = compileMaker(keys);
  return made && makers.keep(name, made);
}

/** Whether an assignment makes an own property beside the others, and no inherited one is set or in the way. */
function isAssigned(key: string): boolean {
  return !(key in Object.prototype || /^\d/.test(key));
}

/** It has the name of what it stands for, which is what a heap snapshot shows. */
function compileMaker(keys: readonly string[]): Maker | undefined {
  const parameters = keys.map((_, index) => `v${index}`);
  const assignments = keys.map((key, index) => `this[${quotedKey(key)}] = v${index};`);
  const maker = compileWith(
    {},
    `return function Object(${parameters.join(', ')}) {\n${assignments.join('\n')}\n};`,
  ) as Maker | undefined;
  if (!maker) return undefined;
  (maker as { prototype: object }).prototype = Object.prototype;
  keepShapeWith(maker, new maker());
  return maker;
}

function objectLiteral(keys: readonly string[], values: readonly string[]): string {
  return `{ ${keys.map((key, index) => `${propertyName(key)}: ${values[index]}`).join(', ')} }`;
}

function compileWith(parameters: Readonly<Record<string, unknown>>, body: string): unknown {
  const factory = compileFunction(Object.keys(parameters), `'use strict';\n${body}`);
  return (factory as ((...values: unknown[]) => unknown) | undefined)?.(...Object.values(parameters));
}
