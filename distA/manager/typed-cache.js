import { pathSegment } from '../backends/arguments.js';
import { displayKey, OffloopError } from '../errors.js';
/** Of a path that a message names, so many steps are shown. */
const SHOWN_STEPS = 8;
/**
 * A cache of values of one schema. A value is checked before it is stored, which rejects with `ERR_VALUE` where it does not pass, and
 * whenever it is read: what does not pass then is a miss, and is counted. What is stored is what was given, and what a read gives
 * is what the schema makes of that: defaults and transformations are done anew each time. Made by `schema` of a `CacheManager`.
 */
export class TypedCache {
    #validate;
    #manager;
    /** Removals of values that did not pass: one for all who found the same. */
    #removals = new Map();
    #invalid = 0;
    /** Use `schema` of a `CacheManager`. @internal */
    constructor(schema, manager) {
        const standard = schema['~standard'];
        this.#validate = (value) => standard.validate(value);
        this.#manager = manager;
    }
    /** The value; `undefined` where there is none, or none that passes. */
    async get(key) {
        const value = await this.#manager.get(key);
        return value === undefined ? undefined : this.#passed(value);
    }
    /** Stores a value. Rejects with `ERR_VALUE` where it does not pass, else as `set` of the manager. */
    async set(key, value, options) {
        await this.#assertPasses(key, value);
        await this.#manager.set(key, value, options);
    }
    /**
     * As `getOrSet` of the manager. A stored value that does not pass is made anew; what the factory makes is checked before it is
     * stored, and rejects with `ERR_VALUE` where it does not pass.
     */
    async getOrSet(key, factory, options) {
        const checked = async (context) => {
            const value = await factory(context);
            if (value !== undefined)
                await this.#assertPasses(key, value);
            return value;
        };
        const value = await this.#manager.getOrSet(key, checked, options);
        const passed = value === undefined ? undefined : await this.#passed(value);
        if (passed !== undefined || value === undefined)
            return passed;
        await this.#remove(key);
        const made = await this.#manager.getOrSet(key, checked, options);
        return this.#assertPasses(key, made);
    }
    /** Removes a key. `true` where it was there; no error where it was not. */
    delete(key) {
        return this.#manager.delete(key);
    }
    /** Whether the key is there and has not expired; nothing is checked. */
    exists(key) {
        return this.#manager.exists(key);
    }
    /** What has been done since it was made. */
    stats() {
        return { invalid: this.#invalid };
    }
    #remove(key) {
        const underWay = this.#removals.get(key);
        if (underWay)
            return underWay;
        const removal = this.#manager.delete(key).finally(() => this.#removals.delete(key));
        this.#removals.set(key, removal);
        return removal;
    }
    /** What the schema makes of a stored value; undefined where that does not pass. */
    async #passed(value) {
        const result = await this.#check(value);
        if (!result.issues)
            return result.value;
        this.#invalid++;
        return undefined;
    }
    async #assertPasses(key, value) {
        const result = await this.#check(value);
        if (!result.issues)
            return result.value;
        const [first] = result.issues;
        const text = `${displayKey(key)}: the value does not pass the schema at ${pathOf(first)}`;
        throw new OffloopError('ERR_VALUE', text);
    }
    async #check(value) {
        try {
            return await this.#validate(value);
        }
        catch {
            // What a schema throws may hold the value.
            return { issues: [{ message: '' }] };
        }
    }
}
/** Where the fault is. The message of an issue may hold the value, and is not shown. */
function pathOf(issue) {
    const steps = (issue?.path ?? []).slice(0, SHOWN_STEPS).map((step) => {
        const key = typeof step === 'object' ? step.key : step;
        return pathSegment(typeof key === 'number' ? key : String(key));
    });
    return `value${steps.join('')}`;
}
