/** One option that a number, a word, a text or a switch can set: in the constructor, a JSON file or the environment. */
export interface OptionSpec {
    /** Where it stands in the options object. */
    readonly path: string;
    readonly type: 'integer' | 'integers' | 'number' | 'boolean' | 'string' | readonly string[];
    readonly unit?: string;
    readonly min?: number;
    readonly max?: number;
    readonly default: string | number | boolean | undefined;
    readonly what: string;
}
/** The one table of options, defaults and bounds. The README's table is checked against it. */
export declare const OPTION_SPECS: readonly OptionSpec[];
/** The variable that sets an option: `pool.maxThreads` is `OFFLOOP_POOL_MAX_THREADS`. */
export declare function environmentName(path: string): string;
