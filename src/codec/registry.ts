import { describe, displayKey, OffloopError } from '../errors.js';
import { cborCodec } from './cbor.js';
import type { Codec } from './codec.js';
import { columnsCodec } from './columns.js';
import { type CustomCodec, LoadableCodec } from './custom-codec.js';
import { graphCodec } from './graph.js';
import { jsonCodec } from './json.js';
import { DEFAULT_LIMITS, type DecodeLimits, isDefault } from './limits.js';
import { loadMsgpackr, msgpackCodec } from './msgpack.js';
import { rawCodec } from './raw.js';

export { type CustomCodec, FIRST_CUSTOM_ID } from './custom-codec.js';

/** Offloop's own codecs. `auto` is none: it chooses among these. */
const BUILT_IN: readonly Codec[] = [jsonCodec, cborCodec, rawCodec, msgpackCodec, graphCodec, columnsCodec];

/** The name of the policy that chooses a codec; no codec may have it. */
const RESERVED_NAMES: readonly string[] = ['auto'];

/** What a registry is made of, as plain data. */
export interface RegistrySettings {
  readonly custom: readonly CustomCodec[];
  readonly limits: DecodeLimits;
}

/** Knows the codecs by name, for writing, and by id, for reading what is stored. */
export class CodecRegistry {
  readonly #byName = new Map<string, Codec>();
  readonly #byId = new Map<number, Codec>();
  readonly #custom: readonly LoadableCodec[];
  /** What is read has to be within them. */
  readonly limits: DecodeLimits;

  /**
   * @param custom codecs of the user's own, besides the built-in ones. @default []
   * @param limits of what is read by `byId`. @default those of what Offloop writes
   * Throws `ERR_OPTION` where one is out of bounds, or a name or an id is there twice.
   */
  constructor(custom: readonly CustomCodec[] = [], limits: DecodeLimits = DEFAULT_LIMITS) {
    this.limits = limits;
    if (!Array.isArray(custom)) {
      throw new OffloopError(
        'ERR_OPTION',
        `codecs must be an array of { name, id, module }; it is ${describe(custom)}`,
      );
    }
    for (const codec of BUILT_IN) this.#add(codec);
    this.#custom = custom.map((options) => new LoadableCodec(options));
    for (const codec of this.#custom) {
      if (RESERVED_NAMES.includes(codec.name)) {
        throw new OffloopError(
          'ERR_OPTION',
          `name of a custom codec: '${codec.name}' is one of Offloop's own`,
        );
      }
      this.#add(codec);
    }
  }

  /** To make the same registry of in a worker. */
  get settings(): RegistrySettings {
    const custom = this.#custom.map(({ name, id, module }) => ({ name, id, module }));
    return { custom, limits: this.limits };
  }

  /** The names, built-in ones first. */
  get names(): readonly string[] {
    return [...this.#byName.keys()];
  }

  /** Imports the modules of the custom codecs. Throws `ERR_CODEC` for the first that cannot be used. */
  async load(): Promise<void> {
    await Promise.all(this.#custom.map((codec) => codec.load()));
  }

  /**
   * The codec of that name, for writing. Throws `ERR_OPTION` where there is none, and `ERR_MISSING_PACKAGE` where
   * its package is not installed.
   */
  byName(name: string): Codec {
    const codec = this.#byName.get(name);
    if (!codec) {
      const received = typeof name === 'string' ? displayKey(name) : describe(name);
      throw new OffloopError(
        'ERR_OPTION',
        `codec must be one of ${[...RESERVED_NAMES, ...this.names].join(', ')}; it is ${received}`,
      );
    }
    if (codec === msgpackCodec) loadMsgpackr();
    return codec;
  }

  /** The codec of that id, for reading. Throws `ERR_CODEC` where there is none. */
  byId(id: number): Codec {
    const codec = this.#byId.get(id);
    if (codec) return codec;
    throw new OffloopError(
      'ERR_CODEC',
      `a value was stored with codec ${id}, which is not registered here; ` +
        `for a codec of your own pass codecs: [{ name, id: ${id}, module }]`,
    );
  }

  /** What the codec of that id is called; undefined where there is none. */
  nameOf(id: number): string | undefined {
    return this.#byId.get(id)?.name;
  }

  #add(codec: Codec): void {
    const sameName = this.#byName.get(codec.name);
    if (sameName) {
      throw new OffloopError(
        'ERR_OPTION',
        `codecs: the name '${codec.name}' is there twice (id ${sameName.id} and ${codec.id})`,
      );
    }
    const sameId = this.#byId.get(codec.id);
    if (sameId) {
      throw new OffloopError(
        'ERR_OPTION',
        `codecs: the id ${codec.id} is there twice ('${sameId.name}' and '${codec.name}')`,
      );
    }
    this.#byName.set(codec.name, codec);
    this.#byId.set(codec.id, isDefault(this.limits) ? codec : limited(codec, this.limits));
  }
}

/** A codec that reads within limits. */
function limited(codec: Codec, limits: DecodeLimits): Codec {
  const { segmentDecoder } = codec;
  const { name, id, wantsWhole } = codec;
  return {
    name,
    id,
    ...(wantsWhole === undefined ? {} : { wantsWhole }),
    encode: (value) => codec.encode(value),
    decode: (bytes, owned) => codec.decode(bytes, owned, limits),
    ...(segmentDecoder
      ? { segmentDecoder: (totalBytes, owned) => segmentDecoder(totalBytes, owned, limits) }
      : {}),
  };
}
