import { expect, test } from 'vitest';
import { movable, noteReply } from '../../dist/offload/worker-memory.js';

/** In memory of their own. */
const bytesOf = (length: number) => {
  const bytes = Buffer.allocUnsafeSlow(length);
  for (let index = 0; index < length; index += 1) bytes[index] = index & 0xff;
  return bytes;
};

test('bytes that fill their memory go with it', () => {
  const bytes = new Uint8Array(100);
  expect(movable(bytes).buffer).toBe(bytes.buffer);
});

test('bytes that are most of a reply go with its memory, and begin where elements are aligned', () => {
  for (const from of [0, 8, 24, 29]) {
    const reply = bytesOf(1_000);
    noteReply(reply);
    const expected = Uint8Array.from(reply.subarray(from, 990));
    const moved = movable(reply.subarray(from, 990));
    expect(moved.buffer).toBe(reply.buffer);
    expect(moved.byteOffset % 8).toBe(0);
    expect(moved).toEqual(expected);
  }
});

test('what lies beside others, or is a small part of a reply, is copied', () => {
  const shared = bytesOf(1_000);
  // A view of what others have a part in is no reply by itself.
  noteReply(shared.subarray(0, 900));
  const reply = bytesOf(1_000);
  noteReply(reply);
  for (const part of [shared.subarray(10, 900), reply.subarray(10, 500)]) {
    const moved = movable(part);
    expect(moved.buffer.byteLength).toBe(part.byteLength);
    expect(moved).toEqual(Uint8Array.from(part));
  }
});

test('shared memory is copied', () => {
  const shared = new Uint8Array(new SharedArrayBuffer(16));
  expect(movable(shared).buffer).toBeInstanceOf(ArrayBuffer);
});
