import { isAbsolute } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, displayKey, OffloopError } from '../errors.js';
/** Ids from here on, to 255, are free for custom codecs. */
export const FIRST_CUSTOM_ID = 64;
const CUSTOM_IDS = { min: FIRST_CUSTOM_ID, max: 255 };
const NAME = /^[a-z0-9-]{1,32}$/;
const PACKAGE = /^(?:@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*(?:\/[\w.~-]+)*$/i;
/** A registered custom codec; usable once it is loaded. */
export class LoadableCodec {
    name;
    id;
    module;
    #loadedModule;
    /** Throws `ERR_OPTION` where a field is missing or out of its bounds. */
    constructor(options) {
        const { name, id, module } = checked(options);
        this.name = name;
        this.id = id;
        this.module = isAbsolute(module) ? pathToFileURL(module).href : module;
    }
    /** Imports the module, once. Throws `ERR_CODEC` where that fails or an export is missing. */
    async load() {
        if (this.#loadedModule)
            return;
        let exports;
        try {
            exports = await import(this.module);
        }
        catch {
            throw this.#error('its module cannot be imported');
        }
        const { encode, decode } = exports;
        if (!isFunction(encode))
            throw this.#error('its module has no export `encode` that is a function');
        if (!isFunction(decode))
            throw this.#error('its module has no export `decode` that is a function');
        this.#loadedModule = { encode, decode };
    }
    encode(value) {
        const { encode } = this.#loaded();
        const bytes = this.#call('encode', () => encode(value));
        // A copy: other people's code may use its buffer again, or have got it from the caller, and ours are handed over.
        if (bytes instanceof Uint8Array)
            return new Uint8Array(bytes);
        throw this.#error(`encode returned ${describe(bytes)} where a Uint8Array must be`);
    }
    decode(bytes, owned) {
        const { decode } = this.#loaded();
        // Other people's code may keep views of what it gets: without `owned` it gets a copy.
        const value = this.#call('decode', () => decode(owned ? bytes : new Uint8Array(bytes)));
        if (value === undefined)
            throw this.#error('decode returned undefined, which is no value');
        if (value instanceof Promise)
            throw this.#error('decode returned a promise; it must be synchronous');
        return value;
    }
    #loaded() {
        if (this.#loadedModule)
            return this.#loadedModule;
        throw this.#error('it is used before its module was loaded');
    }
    #call(name, run) {
        try {
            return run();
        }
        catch {
            // What foreign code throws may quote the value.
            throw this.#error(`${name} threw`);
        }
    }
    #error(reason) {
        return new OffloopError('ERR_CODEC', `codec '${this.name}' (id ${this.id}): ${reason}`);
    }
}
function isFunction(value) {
    return typeof value === 'function';
}
function checked(options) {
    if (typeof options !== 'object' || options === null) {
        throw new OffloopError('ERR_OPTION', `a custom codec must be { name, id, module }; it is ${describe(options)}`);
    }
    const { name, id, module, ...rest } = options;
    const [unknown] = Object.keys(rest);
    if (unknown !== undefined) {
        throw new OffloopError('ERR_OPTION', `a custom codec has the fields name, id and module; unknown is ${displayKey(unknown)}`);
    }
    if (typeof name !== 'string' || !NAME.test(name)) {
        const received = typeof name === 'string' ? displayKey(name) : describe(name);
        throw new OffloopError('ERR_OPTION', `name of a custom codec must be 1 to 32 of a-z, 0-9 and -; it is ${received}`);
    }
    if (typeof id !== 'number' || !Number.isInteger(id) || id < CUSTOM_IDS.min || id > CUSTOM_IDS.max) {
        throw new OffloopError('ERR_OPTION', `id of codec '${name}' must be an integer from ${CUSTOM_IDS.min} to ${CUSTOM_IDS.max}; it is ${describe(id)}`);
    }
    if (typeof module !== 'string' ||
        !(isAbsolute(module) || module.startsWith('file:///') || PACKAGE.test(module))) {
        throw new OffloopError('ERR_OPTION', `module of codec '${name}' must be an absolute path, a file: URL or the name of a package; it is ${typeof module === 'string' ? displayKey(module) : describe(module)}. For a file beside yours: fileURLToPath(new URL('./codec.js', import.meta.url))`);
    }
    return { name, id, module };
}
