/**
 * What a thread keeps for names that it has met: shapes, readers, plans. Where it is full it starts over, so that a
 * stream of ever new names does not grow memory.
 */
export declare class NamedCache<T> {
    #private;
    /**
     * @param most entries kept at a time
     * @param nameCharacters what has a longer name is not kept
     */
    constructor(most: number, nameCharacters: number);
    get(name: string): T | undefined;
    /** Whether a name is short enough to be kept. */
    fits(name: string): boolean;
    /** Keeps an entry, unless its name is too long. The entry. */
    keep(name: string, entry: T): T;
}
