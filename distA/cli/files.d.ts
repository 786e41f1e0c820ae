/** Writes a file. Rejects with `ERR_OPTION`. */
export declare function writeText(path: string, text: string): Promise<void>;
/** Refuses, before minutes are spent, a path that could not be written at the end. Leaves no file behind. */
export declare function assertWritable(path: string | undefined): Promise<void>;
/** The document in a JSON file. Rejects with `ERR_OPTION`. */
export declare function readJson(path: string): Promise<unknown>;
