/** Whether the memory of a buffer was transferred away, to a worker as a rule: what was in it is gone, and it looks empty. */
export function isDetached(buffer: ArrayBufferLike): boolean {
  if (buffer.byteLength > 0) return false;
  try {
    new Uint8Array(buffer);
    return false;
  } catch {
    // Before Node 22 there is no other way to tell it from an empty one.
    return true;
  }
}
