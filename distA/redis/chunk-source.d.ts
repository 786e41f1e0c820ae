/** What a stream is stored from. */
export type ChunkSource = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
/**
 * Takes chunks until there are no more. Throws `ERR_VALUE` where one is no Uint8Array or the source fails, `ERR_ABORTED` as
 * soon as the signal fires, and what `take` throws; the source is told to end in each case.
 */
export declare function takeChunks(source: ChunkSource, { take, signal }: {
    readonly take: (chunk: Uint8Array) => void;
    readonly signal: AbortSignal | undefined;
}): Promise<void>;
