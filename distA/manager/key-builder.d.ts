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
/**
 * Makes keys from content: `{namespace}:{prefix}:{first 16 hex digits of the digest}`. Equal content has the same
 * key in every process, and the same as in Python, where the digest is over
 * `json.dumps({"content": …, "extra": …}, sort_keys=True, ensure_ascii=True)`.
 */
export declare class CacheKeyBuilder {
    #private;
    /** What every key begins with. */
    readonly namespace: string;
    /** The digest over the content. */
    readonly algorithm: KeyAlgorithm;
    /** @throws OffloopError `ERR_OPTION` for an unknown option or one out of its bounds. */
    constructor(options?: CacheKeyBuilderOptions);
    /**
     * The key of a content. Takes as long as the content needs, at once: 5 to 60 ms a megabyte.
     * @param type what is cached: `embedding`, `retrieval`, `context` and `response` become `embed`, `retrieval`,
     *   `ctx` and `resp`; any other non-empty, well-formed string stands for itself
     * @param content what the cached value depends on: anything that JSON holds
     * @param extra more of it, by name; an empty object counts as none
     * @throws OffloopError `ERR_KEY` for a type that is no such string, `ERR_VALUE` with the path for content that
     *   JSON does not hold, `ERR_OPTION` where this Node.js does not offer the algorithm.
     */
    build(type: string, content: unknown, extra?: Readonly<Record<string, unknown>>): string;
    /**
     * The same key, by work in slices of half a millisecond with turns of the event loop between them: for content that
     * may be large, which must not be changed until the promise resolves. Rejects with what `build` throws.
     */
    buildAsync(type: string, content: unknown, extra?: Readonly<Record<string, unknown>>): Promise<string>;
}
