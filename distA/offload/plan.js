/**
 * Payloads up to this many bytes are compressed on main under `auto`: gzip at level 1 takes about 0.1 ms for them,
 * which is what sending a task to a worker and back costs main.
 */
export const COMPRESS_INLINE_BYTES = 8_192;
/** The same for decompressing, which is about four times as fast; counted in raw bytes. */
export const INFLATE_INLINE_BYTES = 32_768;
/**
 * Who encodes, as far as the option says. Under `auto` a graph crosses to a worker only where a codec takes values whole and
 * cloning was measured to be cheaper (`LearnedPlan`): it costs main more than encoding in slices does.
 */
export function planEncode(offload) {
    return offload === 'always' ? 'worker' : 'main';
}
/**
 * Where an encoded value goes on: `inline`, compressed and framed on main and sent on the command connection, or as
 * `bytes` moved to a worker, which does all of that over its own connection.
 */
export function planWrite({ offload, payloadBytes, compresses, inlineLimitBytes, compressInlineBytes = COMPRESS_INLINE_BYTES, }) {
    if (offload === 'never')
        return 'inline';
    if (offload === 'always' || payloadBytes > inlineLimitBytes)
        return 'bytes';
    return compresses && payloadBytes > compressInlineBytes ? 'bytes' : 'inline';
}
/** How a get begins: with the first bytes on the command connection, or with the whole value there. */
export function planRead(offload) {
    return offload === 'never' ? 'whole' : 'head';
}
export function planDecode({ offload, whole, compressed, rawBytes, inflateInlineBytes = INFLATE_INLINE_BYTES, }) {
    if (offload === 'never')
        return 'inline';
    if (offload === 'always')
        return 'graph';
    if (!whole)
        return 'fetch';
    return compressed && rawBytes > inflateInlineBytes ? 'unpack' : 'inline';
}
