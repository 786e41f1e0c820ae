/** What was last seen of a key's value. */
export interface KnownLarge {
    /** Bytes of its frame. */
    readonly bytes: number;
    /** Whether it is decoded from one piece. */
    readonly whole: boolean;
}
/** Keys whose values were large when they were last seen, the latest of them. */
export declare class KnownLargeKeys {
    #private;
    get count(): number;
    find(key: string): KnownLarge | undefined;
    add(key: string, known: KnownLarge): void;
    remove(key: string): void;
}
