/** A generated corpus: a value whose JSON text is about the asked size. The seed fixes it. */
interface Corpus {
    readonly name: string;
    generate(bytes: number, seed?: number): unknown;
}
/** Every generated corpus by name. Sizes are those of the JSON text; of binary data, the bytes themselves. */
export declare const CORPORA: Readonly<Record<'records' | 'deep' | 'text' | 'unicode' | 'numbers' | 'float32' | 'buffer' | 'chat', Corpus>>;
/** The value that most scenarios carry: an array of records of 20 mixed fields. */
export declare function records(bytes: number, seed?: number): unknown;
export {};
