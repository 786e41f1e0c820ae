/** The mark that holds the id of the present generation. */
export declare const GENERATION_MARK = "~offloop:generation";
/** Begins the keys of all generations. */
export declare const GENERATIONS = "~offloop:g:";
/** Begins the keys of one generation. Ids hold no colon. */
export declare function generationPrefix(id: string): string;
/** The mark that holds the id of a tag. */
export declare function tagMark(tag: string): string;
/** Begins the keys of a tenant. Throws `ERR_KEY` for an id that cannot be a key. */
export declare function tenantPrefix(id: string): string;
/** Begins the keys of a version of a schema. */
export declare function versionPrefix(version: string): string;
/** Refuses, with `ERR_KEY`, what cannot be a key, or would reach into what a manager keeps for itself. */
export declare function assertOwnKey(key: unknown): asserts key is string;
/** The tags of a call. Refuses, with `ERR_OPTION`, what is no list of non-empty, well-formed strings. */
export declare function readTags(tags: unknown, call: string): readonly string[];
/** Refuses, with `ERR_OPTION`, what is no tag. */
export declare function assertTag(tag: unknown, call: string): asserts tag is string;
