import { createHash } from 'node:crypto';
import { assertKey, assertKnownOptions } from '../backends/arguments.js';
import { describe, OffloopError } from '../errors.js';
import { canonicalJson, isPlainObject } from './canonical-json.js';

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
   * The key of a content.
   * @param type what is cached: `embedding`, `retrieval`, `context` and `response` become `embed`, `retrieval`,
   *   `ctx` and `resp`; any other non-empty, well-formed string stands for itself
   * @param content what the cached value depends on: anything that JSON holds
   * @param extra more of it, by name; an empty object counts as none
   * @throws OffloopError `ERR_KEY` for a type that is no such string, `ERR_VALUE` with the path for content that
   *   JSON does not hold, `ERR_OPTION` where this Node.js does not offer the algorithm.
   */
  build(type: string, content: unknown, extra?: Readonly<Record<string, unknown>>): string {
    assertKey(type);
    return `${this.namespace}:${PREFIXES.get(type) ?? type}:${this.#digest(keyMaterial(content, extra))}`;
  }

  #digest(text: string): string {
    try {
      return createHash(this.algorithm).update(text).digest('hex').slice(0, DIGEST_CHARACTERS);
    } catch {
      // A build of OpenSSL in FIPS mode has no md5.
      throw new OffloopError('ERR_OPTION', `algorithm: this Node.js does not offer ${this.algorithm}`);
    }
  }
}

/** The text under the digest; its two names are in sorted order, as Python would write them. */
function keyMaterial(content: unknown, extra: unknown): string {
  const contentText = canonicalJson(content, 'content');
  if (extra === undefined) return `{"content": ${contentText}}`;
  if (!isPlainObject(extra)) {
    throw new OffloopError('ERR_VALUE', `extra must be a plain object, received ${describe(extra)}`);
  }
  const extraText = canonicalJson(extra, 'extra');
  return extraText === '{}'
    ? `{"content": ${contentText}}`
    : `{"content": ${contentText}, "extra": ${extraText}}`;
}
