import { types } from 'node:util';
import { OffloopError } from '../errors.js';
import {
  BUILT_INS,
  isModestBigint,
  type Keeps,
  MAX_BIGINT_BITS,
  MAX_DEPTH,
  survivesSeconds,
} from './keeps.js';

const SHOWN_NAME_CHARACTERS = 48;
const SHOWN_PATH_CHARACTERS = 240;
const THREW = 'cannot be read: an accessor, a proxy or an iterator of it threw';
const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;

/**
 * The error for the first part of `value` that would be lost, in the order in which `assertKeepable` meets them;
 * `undefined` where all is kept.
 */
export function findLoss(value: unknown, keeps: Keeps): OffloopError | undefined {
  if (value === undefined) return refusal('value', 'is undefined, which could not be told from a miss');
  return new LossFinder(keeps).find(value);
}

/** The error where a value was refused and then, walked again, was found in order. */
export function changedMeanwhile(): OffloopError {
  return new OffloopError(
    'ERR_VALUE',
    'value changed while it was read; it must stay as it is until the call resolves',
  );
}

/** The error where reading a value throws. What is thrown is the caller's, who has it; it may quote the value. */
export function unreadable(): OffloopError {
  return refusal('value', THREW);
}

function refusal(path: string, reason: string): OffloopError {
  const shown =
    path.length <= SHOWN_PATH_CHARACTERS
      ? path
      : `${path.slice(0, SHOWN_PATH_CHARACTERS / 2).toWellFormed()}…${path.slice(-SHOWN_PATH_CHARACTERS / 2).toWellFormed()}`;
  return new OffloopError('ERR_VALUE', `${shown} ${reason}`);
}

class LossFinder {
  readonly #keeps: Keeps;
  readonly #path: string[] = ['value'];
  readonly #ancestors: object[] = [];

  constructor(keeps: Keeps) {
    this.#keeps = keeps;
  }

  find(value: unknown): OffloopError | undefined {
    switch (typeof value) {
      case 'object':
        return value === null ? undefined : this.#findInObject(value);
      case 'string':
        if (this.#keeps.loneSurrogates || value.isWellFormed()) return undefined;
        return this.#lost('holds an unpaired surrogate');
      case 'number':
        if (Object.is(value, -0) && !this.#keeps.negativeZero) return this.#lost('is -0');
        if (!Number.isFinite(value) && !this.#keeps.nonFinite) return this.#lost(`is ${value}`);
        return undefined;
      case 'bigint':
        if (!this.#keeps.bigint) return this.#lost('is a bigint');
        if (this.#keeps.hugeBigint || isModestBigint(value)) return undefined;
        return this.#lost(`is a bigint of more than ${MAX_BIGINT_BITS} bits`);
      case 'undefined':
        return this.#keeps.undefined ? undefined : this.#lost('is undefined');
      case 'function':
        return this.#refuse('is a function');
      case 'symbol':
        return this.#refuse('is a symbol');
      default:
        return undefined;
    }
  }

  #findInObject(value: object): OffloopError | undefined {
    if (this.#ancestors.includes(value))
      return this.#refuse('is a cycle: it refers to an object that holds it');
    if (this.#ancestors.length >= MAX_DEPTH) return this.#refuse(`is nested deeper than ${MAX_DEPTH}`);
    this.#ancestors.push(value);
    try {
      return this.#findInside(value);
    } catch (error) {
      if (error instanceof RangeError) return this.#refuse('cannot be walked: the stack is too full');
      return this.#refuse(THREW);
    } finally {
      this.#ancestors.pop();
    }
  }

  #findInside(value: object): OffloopError | undefined {
    const prototype: unknown = Object.getPrototypeOf(value);
    if (Array.isArray(value) && prototype === Array.prototype) return this.#findInArray(value);
    if (prototype === Object.prototype || prototype === null) return this.#findInPlainObject(value);
    return this.#findInBuiltIn(value, prototype);
  }

  #findInPlainObject(value: object): OffloopError | undefined {
    const hidden = Object.getOwnPropertyDescriptor(value, 'toJSON');
    if (typeof Reflect.get(value, 'toJSON') === 'function' && !hidden?.enumerable) {
      return this.#refuse('has a toJSON method');
    }
    for (const key of Object.keys(value)) {
      const loss = this.#step(
        propertyStep(key),
        () => this.#findInKey(key) ?? this.find(this.#read(value, key)),
      );
      if (loss) return loss;
    }
    return undefined;
  }

  #findInKey(key: string): OffloopError | undefined {
    const { protoKey, keysKey, loneSurrogates } = this.#keeps;
    if (key === '__proto__' && !protoKey) return this.#lost('is a key named __proto__');
    if (key === '__keys__' && !keysKey) return this.#lost('is a key named __keys__');
    return loneSurrogates || key.isWellFormed()
      ? undefined
      : this.#lost('is a key with an unpaired surrogate');
  }

  #findInArray(value: readonly unknown[]): OffloopError | undefined {
    if (typeof Reflect.get(value, 'toJSON') === 'function') return this.#refuse('has a toJSON method');
    for (let index = 0; index < value.length; index++) {
      const loss = this.#step(`[${index}]`, () => {
        if (!this.#keeps.holes && !(index in value)) return this.#lost('is a hole of a sparse array');
        return this.find(this.#read(value, index));
      });
      if (loss) return loss;
    }
    return undefined;
  }

  /** Reads inside its own step, so that an accessor that throws is reported with its path. */
  #read(value: object, key: string | number): unknown {
    return Reflect.get(value, key);
  }

  #findInBuiltIn(value: object, prototype: unknown): OffloopError | undefined {
    const kept = BUILT_INS.get(prototype);
    const name = className(prototype);
    if (kept === undefined || !isGenuine(value)) return this.#refuse(`is an instance of ${name}`);
    if (!this.#keeps[kept]) return this.#lost(`is ${/^[AEIOU]/.test(name) ? 'an' : 'a'} ${name}`);
    if (kept === 'date') return this.#findInDate(value);
    if (kept === 'map') return this.#findInMap(value as Map<unknown, unknown>);
    return kept === 'set' ? this.#findInSet(value as Set<unknown>) : undefined;
  }

  #findInDate(value: object): OffloopError | undefined {
    const time = Date.prototype.getTime.call(value);
    if (Number.isNaN(time)) return this.#keeps.invalidDate ? undefined : this.#lost('is an invalid Date');
    return this.#keeps.extremeDate || survivesSeconds(time)
      ? undefined
      : this.#lost('is a Date too far away');
  }

  #findInMap(value: Map<unknown, unknown>): OffloopError | undefined {
    let index = 0;
    for (const [key, element] of value) {
      const step = typeof key === 'string' ? `.get(${shownName(key)})` : `.values()[${index}]`;
      const loss =
        this.#step(`.keys()[${index}]`, () => this.find(key)) ?? this.#step(step, () => this.find(element));
      if (loss) return loss;
      index++;
    }
    return undefined;
  }

  #findInSet(value: Set<unknown>): OffloopError | undefined {
    let index = 0;
    for (const element of value) {
      const loss = this.#step(`.values()[${index}]`, () => this.find(element));
      if (loss) return loss;
      index++;
    }
    return undefined;
  }

  #step(step: string, find: () => OffloopError | undefined): OffloopError | undefined {
    this.#path.push(step);
    try {
      return find();
    } catch (error) {
      if (error instanceof RangeError) throw error;
      return this.#refuse(THREW);
    } finally {
      this.#path.pop();
    }
  }

  #refuse(reason: string): OffloopError {
    return refusal(this.#path.join(''), reason);
  }

  #lost(what: string): OffloopError {
    return this.#refuse(`${what}, which the ${this.#keeps.codec} codec would lose`);
  }
}

function propertyStep(key: string): string {
  return IDENTIFIER.test(key) && key.length <= SHOWN_NAME_CHARACTERS ? `.${key}` : `[${shownName(key)}]`;
}

function shownName(name: string): string {
  return name.length <= SHOWN_NAME_CHARACTERS
    ? JSON.stringify(name)
    : `${JSON.stringify(name.slice(0, SHOWN_NAME_CHARACTERS))}…`;
}

function className(prototype: unknown): string {
  const maker: unknown = Reflect.get(Object(prototype), 'constructor');
  if (typeof maker !== 'function' || maker.name === '') return 'a class without a name';
  // Only another realm has a class of this name whose prototype is not ours.
  return maker.name === 'Object' || maker.name === 'Array'
    ? `${maker.name} of another realm`
    : maker.name.slice(0, SHOWN_NAME_CHARACTERS);
}

/** Whether a value is what its prototype says: `Object.create(Date.prototype)` is no Date. */
function isGenuine(value: object): boolean {
  return (
    types.isDate(value) ||
    types.isMap(value) ||
    types.isSet(value) ||
    types.isRegExp(value) ||
    types.isNativeError(value) ||
    types.isArrayBuffer(value) ||
    ArrayBuffer.isView(value)
  );
}
