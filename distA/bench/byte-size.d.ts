/** `'64KB'` as 65536. Units are B, KB, MB and GB, in powers of 1,024. Throws `ERR_OPTION`. */
export declare function parseByteSize(text: string): number;
/** `65536` as `'64 KB'`; at most two digits after the point. */
export declare function formatByteSize(bytes: number): string;
