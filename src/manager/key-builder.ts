import { createHash, type Hash } from 'node:crypto';
import { assertKey, assertKnownOptions } from '../backends/arguments.js';
import { SLICE_MS } from '../backends/value-bytes.js';
import { describe, OffloopError } from '../errors.js';
import { slices } from '../offload/slices.js';
import { type CanonicalSource, CanonicalWriter, isPlainObject } from './canonical-json.js';

/** The digests that keys can be made of. */
export type KeyAlgorithm = 'sha256' | 'md5';

/** Options of {@link CacheKeyBuilder}. */
export interface CacheKeyBuilderOptions {
  /**
   * What every key begins with: a non-empty, well-formed string.
   * @default 'offloop'
   */
  readonly namespace?: string | undefined;
  /**
   * The digest over the content. `md5` is no protection where content comes from someone who wants two contents
   * with one key.
   * @default 'sha256'
   */
  readonly algorithm?: KeyAlgorithm | undefined;
}

const OPTIONS: ReadonlySet<string> = new Set([
  'namespace',
  'algorithm',
] satisfies (keyof CacheKeyBuilderOptions)[]);
const DIGEST_CHARACTERS = 16;

/** What the known types are called within a key; any other type stands for itself. */
const PREFIXES: ReadonlyMap<string, string> = new Map([
  ['embedding', 'embed'],
  ['retrieval', 'retrieval'],
  ['context', 'ctx'],
  ['response', 'resp'],
]);

/**
 * Makes keys from content: `{namespace}:{prefix}:{first 16 hex digits of the digest}`. Equal content has the same
 * key in every process, and the same as in Python, where the digest is over
 * `json.dumps({"content": …, "extra": …}, sort_keys=True, ensure_ascii=True)`.
 */
export class CacheKeyBuilder {
  /** What every key begins with. */
  readonly namespace: string;
  /** The digest over the content. */
  readonly algorithm: KeyAlgorithm;

  /** @throws OffloopError `ERR_OPTION` for an unknown option or one out of its bounds. */
  constructor(options: CacheKeyBuilderOptions = {}) {
    assertKnownOptions(options, OPTIONS, 'CacheKeyBuilder');
    const { namespace = 'offloop', algorithm = 'sha256' } = options;
    if (typeof namespace !== 'string' || namespace === '' || !namespace.isWellFormed()) {
      const received =
        namespace === '' || typeof namespace !== 'string' ? describe(namespace) : 'a lone surrogate';
      throw new OffloopError(
        'ERR_OPTION',
        `namespace must be a non-empty, well-formed string, received ${received}`,
      );
    }
    if (algorithm !== 'sha256' && algorithm !== 'md5') {
      throw new OffloopError(
        'ERR_OPTION',
        `algorithm must be 'sha256' or 'md5', received ${describe(algorithm)}`,
      );
    }
    this.namespace = namespace;
    this.algorithm = algorithm;
  }

  /**
   * The key of a content. Takes as long as the content needs, at once: 5 to 60 ms a megabyte.
   * @param type what is cached: `embedding`, `retrieval`, `context` and `response` become `embed`, `retrieval`,
   *   `ctx` and `resp`; any other non-empty, well-formed string stands for itself
   * @param content what the cached value depends on: anything that JSON holds
   * @param extra more of it, by name; an empty object counts as none
   * @throws OffloopError `ERR_KEY` for a type that is no such string, `ERR_VALUE` with the path for content that
   *   JSON does not hold, `ERR_OPTION` where this Node.js does not offer the algorithm.
   */
  build(type: string, content: unknown, extra?: Readonly<Record<string, unknown>>): string {
    assertKey(type, 'type');
    const digest = this.#digest(content, extra);
    while (digest.step());
    return this.#key(type, digest);
  }

  /**
   * The same key, by work in slices of half a millisecond with turns of the event loop between them: for content that
   * may be large, which must not be changed until the promise resolves. Rejects with what `build` throws.
   */
  async buildAsync(
    type: string,
    content: unknown,
    extra?: Readonly<Record<string, unknown>>,
  ): Promise<string> {
    assertKey(type, 'type');
    const digest = this.#digest(content, extra);
    await slices.run({ sliceMs: SLICE_MS, step: () => digest.step(), stillWanted: () => true });
    return this.#key(type, digest);
  }

  #key(type: string, digest: ContentDigest): string {
    return `${this.namespace}:${PREFIXES.get(type) ?? type}:${digest.end()}`;
  }

  #digest(content: unknown, extra: unknown): ContentDigest {
    let hash: Hash;
    try {
      hash = createHash(this.algorithm);
    } catch {
      // A build of OpenSSL in FIPS mode has no md5.
      throw new OffloopError('ERR_OPTION', `algorithm: this Node.js does not offer ${this.algorithm}`);
    }
    return new ContentDigest(hash, content, extra);
  }
}

/** The digest of what a key is made from; its two names are in sorted order, as Python would write them. */
class ContentDigest {
  readonly #hash: Hash;
  /** What is still to be written, the first first. */
  readonly #parts: { readonly before: string; readonly source: Omit<CanonicalSource, 'sink'> }[] = [];
  #writer: CanonicalWriter | undefined;

  constructor(hash: Hash, content: unknown, extra: unknown) {
    this.#hash = hash;
    this.#parts.push({ before: '{"content": ', source: { value: content, root: 'content' } });
    if (extra === undefined || isEmpty(extra)) return;
    this.#parts.push({ before: ', "extra": ', source: { value: extra, root: 'extra' } });
  }

  /** Does a little more. True where there is more to do. */
  step(): boolean {
    if (this.#writer?.step()) return true;
    const part = this.#parts.shift();
    if (!part) return false;
    this.#hash.update(part.before);
    this.#writer = new CanonicalWriter({ ...part.source, sink: (text) => this.#hash.update(text) });
    return true;
  }

  end(): string {
    return this.#hash.update('}').digest('hex').slice(0, DIGEST_CHARACTERS);
  }
}

/** Whether an `extra` has no names. Refuses, with `ERR_VALUE`, what is no plain object, or cannot be looked at. */
function isEmpty(extra: unknown): boolean {
  try {
    if (isPlainObject(extra)) return Reflect.ownKeys(extra).length === 0;
  } catch {
    // A proxy threw, or was revoked. What it threw is the caller's, who has it.
  }
  throw new OffloopError('ERR_VALUE', `extra must be a plain object, received ${describe(extra)}`);
}
