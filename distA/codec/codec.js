/** What {@link Codec.expansion} is where a codec says nothing of it: measured with `graph` and lists of records. */
export const EXPANSION = 4;
