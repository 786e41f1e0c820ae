import { describe, expect, it } from 'vitest';
import { frameLength, HEADER_BYTES, readHeader } from '../../dist/frame/frame.js';
import { readTable, verifySegment, writeSegmentedFrame } from '../../dist/frame/segments.js';
import { codeThrownBy } from '../support/error-code.js';

const segments = ['first', 'second segment', 'third'].map((text) => ({
  rawLength: text.length,
  stored: Buffer.from(text),
}));
const outline = Buffer.from('0a0b0c', 'hex');
const frame = writeSegmentedFrame({ codec: 5, compression: 0, outline, segments });

it('the vector of version 1 is written as these bytes', () => {
  expect(frame.toString('hex')).toBe(VECTOR);
});

it('the table says where each segment lies and what it has to be', () => {
  const header = readHeader(frame);
  expect(header).toMatchObject({
    codec: 5,
    compression: 0,
    segmented: true,
    rawLength: 24,
    storedLength: 24,
  });
  expect(frameLength(header)).toBe(frame.length);
  const table = readTable(frame.subarray(0, HEADER_BYTES + header.tableLength), header);
  expect(table.outline.equals(outline)).toBe(true);
  const texts = table.rows.map((row) => {
    const stored = frame.subarray(row.start, row.start + row.storedLength);
    verifySegment(row, stored);
    return stored.toString();
  });
  expect(texts).toEqual(['first', 'second segment', 'third']);
});

it('every flipped bit of header and table is ERR_CORRUPT without the payload', () => {
  const end = HEADER_BYTES + readHeader(frame).tableLength;
  for (let bit = 0; bit < end * 8; bit++) {
    const bytes = Buffer.from(frame.subarray(0, end));
    bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    expect(
      codeThrownBy(() => readTable(bytes, readHeader(bytes))),
      `bit ${bit}`,
    ).toBe('ERR_CORRUPT');
  }
});

it('every truncation of header and table is ERR_CORRUPT', () => {
  const end = HEADER_BYTES + readHeader(frame).tableLength;
  for (let length = 0; length < end; length++) {
    const part = Buffer.from(frame.subarray(0, length));
    expect(codeThrownBy(() => readTable(part, readHeader(part)))).toBe('ERR_CORRUPT');
  }
});

it('a flipped bit of a segment is ERR_CORRUPT for that segment alone', () => {
  const header = readHeader(frame);
  const { rows } = readTable(frame, header);
  const [, second] = rows;
  if (!second) throw new Error('there are three');
  for (let bit = 0; bit < second.storedLength * 8; bit++) {
    const bytes = Buffer.from(frame);
    const at = second.start + (bit >> 3);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << (bit & 7));
    const broken = rows.filter(
      (row) =>
        codeThrownByOrNothing(() =>
          verifySegment(row, bytes.subarray(row.start, row.start + row.storedLength)),
        ) === 'ERR_CORRUPT',
    );
    expect(broken).toEqual([second]);
  }
});

it('a segment in the place of another, or of another length, is ERR_CORRUPT', () => {
  const [first, , third] = readTable(frame, readHeader(frame)).rows;
  if (!first || !third) throw new Error('there are three');
  expect(codeThrownBy(() => verifySegment(first, Buffer.from('third')))).toBe('ERR_CORRUPT');
  expect(codeThrownBy(() => verifySegment(third, Buffer.from('thir')))).toBe('ERR_CORRUPT');
});

describe('a table that verifies and lies', () => {
  it.each([
    ['no segment', []],
    ['a segment of nothing', [{ rawLength: 0, stored: Buffer.alloc(0) }]],
    ['a segment that is longer than raw', [{ rawLength: 2, stored: Buffer.from('abc') }]],
    [
      'a segment that is shorter than raw, without compression',
      [{ rawLength: 4, stored: Buffer.from('abc') }],
    ],
  ])('%s is ERR_CORRUPT', (_name, list) => {
    const bytes = writeSegmentedFrame({ codec: 5, compression: 0, outline, segments: list });
    expect(codeThrownBy(() => readTable(bytes, readHeader(bytes)))).toBe('ERR_CORRUPT');
  });
});

function codeThrownByOrNothing(run: () => void): unknown {
  try {
    run();
    return undefined;
  } catch (error) {
    return (error as { code?: unknown }).code;
  }
}

/** Magic and version, checksum, codec 5, flag 1, 24 bytes raw and stored, a table of 43 bytes: 3 rows and an outline. */
const VECTOR =
  'f74f66018398945b0500010018000000180000002b00000003000000050000000500000057ee71920e0000000e00000034f6b37a0500000005000000642032240a0b0c66697273747365636f6e64207365676d656e747468697264';
