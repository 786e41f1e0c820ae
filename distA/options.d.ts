/** Options that hold more than one word. Of these only the last two can also come from the environment. */
export declare const STRUCTURED_OPTIONS: readonly ['redis', 'tls', 'sentinel', 'cluster', 'codecs', 'encryption', 'integrity'];
/** A value per path of {@link OPTION_SPECS}. */
export type FlatOptions = ReadonlyMap<string, FlatOption>;
/** What an option can be. */
export type FlatOption = string | number | boolean | readonly number[] | undefined;
/**
 * Merges the layers, the first the strongest, over the environment and the defaults, and checks every value.
 * Throws `ERR_OPTION` naming the option, its bound and what was received.
 */
export declare function resolveFlatOptions(layers: readonly Record<string, unknown>[], environment: Readonly<Record<string, string | undefined>>): FlatOptions;
