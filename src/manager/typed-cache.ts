import { pathSegment } from '../backends/arguments.js';
import { displayKey, OffloopError } from '../errors.js';
import type { CacheManager } from './cache-manager.js';
import type { Factory, FactoryContext, GetOrSetOptions } from './get-or-set-options.js';
import type { ManagedSetOptions } from './manager-options.js';
import type { SchemaIssue, SchemaResult, StandardSchema } from './standard-schema.js';

/** What a {@link TypedCache} has done since it was made. */
export interface TypedCacheStats {
  /** Stored values that did not pass the schema, and so counted as a miss. */
  readonly invalid: number;
}

/** Of a path that a message names, so many steps are shown. */
const SHOWN_STEPS = 8;

/**
 * A cache of values of one schema. A value is checked before it is stored, which rejects with `ERR_VALUE` where it does not pass, and
 * whenever it is read: what does not pass then is a miss, and is counted. What is stored is what was given, and what a read gives
 * is what the schema makes of that: defaults and transformations are done anew each time. Made by `schema` of a `CacheManager`.
 */
export class TypedCache<Input, Output> {
  readonly #validate: StandardSchema<Input, Output>['~standard']['validate'];
  readonly #manager: CacheManager;
  /** Removals of values that did not pass: one for all who found the same. */
  readonly #removals = new Map<string, Promise<unknown>>();
  #invalid = 0;

  /** Use `schema` of a `CacheManager`. @internal */
  constructor(schema: StandardSchema<Input, Output>, manager: CacheManager) {
    const standard = schema['~standard'];
    this.#validate = (value) => standard.validate(value);
    this.#manager = manager;
  }

  /** The value; `undefined` where there is none, or none that passes. */
  async get(key: string, options?: undefined): Promise<Output | undefined> {
    const value = await this.#manager.get(key, options);
    if (value === undefined) return undefined;
    const passed = await this.#passed(value);
    return passed === FAILED ? undefined : passed;
  }

  /** Stores a value. Rejects with `ERR_VALUE` where it does not pass, else as `set` of the manager. */
  async set(key: string, value: Input, options?: ManagedSetOptions): Promise<void> {
    const result = this.#check(value);
    // At once where the schema answers at once: the set takes its place in the order of the calls.
    passing(key, result instanceof Promise ? await result : result);
    await this.#manager.set(key, value, options);
  }

  /**
   * As `getOrSet` of the manager. A stored value that does not pass is made anew; what the factory makes is checked before it is
   * stored, and rejects with `ERR_VALUE` where it does not pass. `undefined`, by which a factory says that there is nothing, is not stored, and
   * comes back as what the schema makes of it, such as a default, or as it is.
   */
  async getOrSet(key: string, factory: Factory<Input>, options?: GetOrSetOptions<Input>): Promise<Output> {
    const checked = async (context: FactoryContext): Promise<Input> => {
      const value = await factory(context);
      if (value !== undefined) passing(key, await this.#check(value));
      return value;
    };
    const value = await this.#manager.getOrSet<Input>(key, checked, options);
    if (value === undefined) {
      const nothing = await this.#check(value);
      return (nothing.issues ? undefined : nothing.value) as Output;
    }
    const passed = await this.#passed(value);
    if (passed !== FAILED) return passed;
    await this.#remove(key);
    const made = await this.#manager.getOrSet<Input>(key, checked, options);
    return passing(key, await this.#check(made));
  }

  /** Removes a key. `true` where it was there; no error where it was not. */
  delete(key: string, options?: undefined): Promise<boolean> {
    return this.#manager.delete(key, options);
  }

  /** Whether the key is there and has not expired; nothing is checked. */
  exists(key: string, options?: undefined): Promise<boolean> {
    return this.#manager.exists(key, options);
  }

  /** What has been done since it was made. */
  stats(): TypedCacheStats {
    return { invalid: this.#invalid };
  }

  #remove(key: string): Promise<unknown> {
    const underWay = this.#removals.get(key);
    if (underWay) return underWay;
    const removal = this.#manager.delete(key).finally(() => this.#removals.delete(key));
    this.#removals.set(key, removal);
    return removal;
  }

  /** What the schema makes of a stored value; {@link FAILED} where that does not pass. */
  async #passed(value: unknown): Promise<Output | typeof FAILED> {
    const result = await this.#check(value);
    if (!result.issues) return result.value;
    this.#invalid++;
    return FAILED;
  }

  #check(value: unknown): SchemaResult<Output> | Promise<SchemaResult<Output>> {
    try {
      const result = this.#validate(value);
      return result instanceof Promise ? result.catch(() => THROWN) : result;
    } catch {
      return THROWN;
    }
  }
}

/** Instead of what a schema makes of a value, which may be `undefined`. */
const FAILED = Symbol('failed');

/** Of a schema that throws; what it throws may hold the value. */
const THROWN = { issues: [{ message: '' }] };

/** What the schema makes of a value. Throws `ERR_VALUE` where that does not pass. */
function passing<Output>(key: string, result: SchemaResult<Output>): Output {
  if (!result.issues) return result.value;
  const [first] = result.issues;
  const text = `${displayKey(key)}: the value does not pass the schema at ${pathOf(first)}`;
  throw new OffloopError('ERR_VALUE', text);
}

/** Where the fault is. The message of an issue may hold the value, and is not shown. */
function pathOf(issue: SchemaIssue | undefined): string {
  const steps = (issue?.path ?? []).slice(0, SHOWN_STEPS).map((step) => {
    const key = typeof step === 'object' ? step.key : step;
    return pathSegment(typeof key === 'number' ? key : String(key));
  });
  return `value${steps.join('')}`;
}
