/** What the doctor says of one thing. */
export interface Finding {
    readonly level: 'ok' | 'note' | 'warning' | 'problem';
    readonly about: string;
    readonly found: string;
    /** What to do; absent where there is nothing to do. */
    readonly advice?: string;
}
/** What was asked of a server; what its user may not ask is absent. */
export interface ServerFacts {
    /** The fields of INFO. */
    readonly info: Readonly<Record<string, string>>;
    /** Values of CONFIG GET. */
    readonly settings: Readonly<Record<string, string>>;
    readonly latenciesMs: readonly number[];
    readonly processes: number;
    readonly maxThreads: number;
    readonly maxValueBytes: number;
    readonly tls: boolean;
    readonly local: boolean;
    readonly password: boolean;
}
/** Every check in order. A decision without effects. */
export declare function findingsOf(facts: ServerFacts): Finding[];
