/**
 * Refuses what cannot be a key, with `ERR_KEY`. A key is a non-empty string of well-formed UTF-16: a lone surrogate
 * has no UTF-8 form, so two different keys would become one on the way to a server.
 */
export declare function assertKey(key: unknown): asserts key is string;
/**
 * A TTL in seconds as whole milliseconds, rounded, 1 at least; `undefined` stands for none. Refuses with `ERR_TTL`
 * what is no number above 0 and up to {@link MAX_TTL_SECONDS}.
 */
export declare function ttlToMilliseconds(ttl: unknown): number | undefined;
/** Refuses, with `ERR_VALUE`, what is no value as a whole: `undefined` (it means a miss), a function, a symbol. */
export declare function assertStorable(value: unknown): void;
/**
 * Refuses, with `ERR_OPTION`, options that are no object or that have a name which is not allowed; `undefined`
 * passes. Checks names, not values. `where` begins the message: the class or the method.
 */
export declare function assertKnownOptions(options: unknown, allowed: ReadonlySet<string>, where: string): void;
/** Refuses, with `ERR_OPTION`, what is no integer from 1 to a limit. */
export declare function assertInteger(name: string, value: unknown, most: number): asserts value is number;
/** One step of the path that a message names: `.name`, `["any key"]` or `[3]`. Bounded in length. */
export declare function pathSegment(step: string | number): string;
