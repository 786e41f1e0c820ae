/** How a string's characters are stored, and the bytes that takes. */
export interface TextEncoding {
    readonly name: 'latin1' | 'utf8' | 'utf16le';
    readonly bytes: number;
}
/** The encoding of a string that is exact and cheap: ASCII as it is, else UTF-8 or UTF-16. */
export declare function encodingOf(text: string): TextEncoding;
/** The same text in memory of its own: a piece of a longer one keeps all of that. */
export declare function ownText(text: string): string;
/** Where a piece of about `length` characters ends that begins at `from`: not within a surrogate pair. */
export declare function pieceEnd(text: string, from: number, length: number): number;
