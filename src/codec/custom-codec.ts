import { isAbsolute } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, displayKey, OffloopError } from '../errors.js';
import type { Codec } from './codec.js';
import { importFailure } from './import-failure.js';

/** A codec of the user's own. It is named by a module, so that workers can load it too. */
export interface CustomCodec {
  /** The name in options and messages: 1 to 32 of `a-z`, `0-9` and `-`, and not one of Offloop's own. */
  readonly name: string;
  /** The number in the stored frame, 64 to 255. It must never change its meaning while such values are stored. */
  readonly id: number;
  /**
   * A `file:` URL, an absolute path, or the name of an installed package. The module exports two synchronous
   * functions: `encode(value): Uint8Array` and `decode(bytes: Uint8Array): unknown`.
   */
  readonly module: string | URL;
}

/** Ids from here on, to 255, are free for custom codecs. */
export const FIRST_CUSTOM_ID = 64;
const CUSTOM_IDS = { min: FIRST_CUSTOM_ID, max: 255 } as const;

const NAME = /^[a-z0-9-]{1,32}$/;
const PACKAGE = /^(?:@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*(?:\/[\w.~-]+)*$/i;

interface CodecModule {
  readonly encode: (value: unknown) => unknown;
  readonly decode: (bytes: Uint8Array) => unknown;
}

/** A registered custom codec; usable once it is loaded. */
export class LoadableCodec implements Codec {
  readonly name: string;
  readonly id: number;
  /** A URL, or the name of a package. */
  readonly module: string;
  #loadedModule: CodecModule | undefined;

  /** Throws `ERR_OPTION` where a field is missing or out of its bounds. */
  constructor(options: CustomCodec) {
    const { name, id, module } = checked(options);
    this.name = name;
    this.id = id;
    this.module = module;
  }

  /** Imports the module, once. Throws `ERR_CODEC` where that fails or an export is missing. */
  async load(): Promise<void> {
    if (this.#loadedModule) return;
    let exports: Record<string, unknown>;
    try {
      exports = await import(this.module);
    } catch (error) {
      const reason = importFailure(this.module, error);
      throw this.#error(`its module cannot be imported, ${this.module}: ${reason}`);
    }
    const { encode, decode } = exports;
    if (!isFunction(encode)) throw this.#error('its module has no export `encode` that is a function');
    if (!isFunction(decode)) throw this.#error('its module has no export `decode` that is a function');
    this.#loadedModule = { encode, decode };
  }

  encode(value: unknown): Uint8Array {
    const { encode } = this.#loaded();
    const bytes = this.#call('encode', () => encode(value));
    // A copy: other people's code may use its buffer again, or have got it from the caller, and ours are handed over.
    if (bytes instanceof Uint8Array) return new Uint8Array(bytes);
    throw this.#error(`encode returned ${describe(bytes)} where a Uint8Array must be`);
  }

  decode(bytes: Uint8Array, owned: boolean): unknown {
    const { decode } = this.#loaded();
    // Other people's code may keep views of what it gets: without `owned` it gets a copy.
    const value = this.#call('decode', () => decode(owned ? bytes : new Uint8Array(bytes)));
    if (value === undefined) throw this.#error('decode returned undefined, which is no value');
    if (value instanceof Promise) throw this.#error('decode returned a promise; it must be synchronous');
    return value;
  }

  #loaded(): CodecModule {
    if (this.#loadedModule) return this.#loadedModule;
    throw this.#error('it is used before its module was loaded');
  }

  #call(name: string, run: () => unknown): unknown {
    try {
      return run();
    } catch {
      // What foreign code throws may quote the value.
      throw this.#error(`${name} threw`);
    }
  }

  #error(reason: string): OffloopError {
    return new OffloopError('ERR_CODEC', `codec '${this.name}' (id ${this.id}): ${reason}`);
  }
}

function isFunction(value: unknown): value is (argument: unknown) => unknown {
  return typeof value === 'function';
}

function checked(options: unknown): Pick<LoadableCodec, 'name' | 'id' | 'module'> {
  if (typeof options !== 'object' || options === null) {
    throw new OffloopError(
      'ERR_OPTION',
      `a custom codec must be { name, id, module }; it is ${describe(options)}`,
    );
  }
  const { name, id, module, ...rest } = options as Record<string, unknown>;
  const [unknown] = Object.keys(rest);
  if (unknown !== undefined) {
    throw new OffloopError(
      'ERR_OPTION',
      `a custom codec has the fields name, id and module; unknown is ${displayKey(unknown)}`,
    );
  }
  if (typeof name !== 'string' || !NAME.test(name)) {
    const received = typeof name === 'string' ? displayKey(name) : describe(name);
    throw new OffloopError(
      'ERR_OPTION',
      `name of a custom codec must be 1 to 32 of a-z, 0-9 and -; it is ${received}`,
    );
  }
  if (typeof id !== 'number' || !Number.isInteger(id) || id < CUSTOM_IDS.min || id > CUSTOM_IDS.max) {
    throw new OffloopError(
      'ERR_OPTION',
      `id of codec '${name}' must be an integer from ${CUSTOM_IDS.min} to ${CUSTOM_IDS.max}; it is ${describe(id)}`,
    );
  }
  return { name, id, module: specifierOf(module, name) };
}

/** What a module is imported by. */
function specifierOf(module: unknown, name: string): string {
  const given = module instanceof URL ? module.href : module;
  if (typeof given === 'string') {
    if (isAbsolute(given)) return pathToFileURL(given).href;
    if (given.startsWith('file:///') || PACKAGE.test(given)) return given;
  }
  const received = typeof given === 'string' ? displayKey(given) : describe(given);
  throw new OffloopError(
    'ERR_OPTION',
    `module of codec '${name}' must be a file: URL, an absolute path or the name of a package; it is ${received}. For a file beside yours: new URL('./codec.js', import.meta.url)`,
  );
}
