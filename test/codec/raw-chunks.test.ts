import { expect, it } from 'vitest';
import { rawCodec } from '../../dist/codec/raw.js';
import { RawChunks } from '../../dist/codec/raw-chunks.js';
import { SEGMENT_BYTES, segmentsOf } from '../../dist/codec/segments.js';

const bytes = Buffer.from(Uint8Array.from({ length: 2_300_000 }, (_, index) => (index * 31) % 253));

it.each([0, 1, SEGMENT_BYTES - 8, SEGMENT_BYTES - 7, SEGMENT_BYTES * 17, 2_300_000])(
  '%i bytes in chunks of any size are the raw payload of one Buffer, in segments',
  (length) => {
    for (const size of [999, 65_536, 1_500_000]) {
      const chunks = new RawChunks();
      for (let from = 0; from < length; from += size) {
        const chunk = bytes.subarray(from, Math.min(length, from + size));
        let taken = chunks.add(chunk, 0);
        while (taken < chunk.length) taken = chunks.add(chunk, taken);
      }
      expect(chunks.bytes).toBe(length + 8);
      const payload = chunks.take();
      const segments = [...segmentsOf(payload)];
      expect(segments.slice(0, -1).every((segment) => segment.length === SEGMENT_BYTES)).toBe(true);
      const whole = Buffer.concat(segments);
      expect(whole.equals(rawCodec.encode(bytes.subarray(0, length)))).toBe(true);
      const value = rawCodec.decode(whole, false);
      expect(Buffer.isBuffer(value) && value.equals(bytes.subarray(0, length))).toBe(true);
    }
  },
);
