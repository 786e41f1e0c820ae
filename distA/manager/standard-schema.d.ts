/**
 * A schema of any library that speaks Standard Schema (https://standardschema.dev), version 1: Zod, Valibot, ArkType and others.
 * `Input` is what it takes, `Output` what it makes of that.
 */
export interface StandardSchema<Input = unknown, Output = Input> {
    readonly '~standard': {
        readonly version: 1;
        readonly vendor: string;
        readonly validate: (value: unknown) => SchemaResult<Output> | Promise<SchemaResult<Output>>;
        /** For the compiler alone. */
        readonly types?: {
            readonly input: Input;
            readonly output: Output;
        } | undefined;
    };
}
/** What a schema says of a value. */
export type SchemaResult<Output> = {
    readonly value: Output;
    readonly issues?: undefined;
} | {
    readonly issues: readonly SchemaIssue[];
};
/** What is wrong with a value. */
export interface SchemaIssue {
    readonly message: string;
    readonly path?: readonly (PropertyKey | {
        readonly key: PropertyKey;
    })[] | undefined;
}
/** Options of `schema` of a `CacheManager`. */
export interface SchemaOptions {
    /**
     * Changes with the shape of the values: each version has keys of its own, and none sees those of another. A non-empty,
     * well-formed string.
     * @default none: keys are those of the manager
     */
    readonly version?: string | undefined;
}
