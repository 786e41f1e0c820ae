import { describe, expect, it } from 'vitest';
import {
  COMPRESS_INLINE_BYTES,
  INFLATE_INLINE_BYTES,
  planDecode,
  planEncode,
  planRead,
  planWrite,
} from '../../dist/offload/plan.js';

const inlineLimitBytes = 65_536;

describe('a set', () => {
  it('has a worker encode only where the user says always', () => {
    expect([planEncode('auto'), planEncode('never'), planEncode('always')]).toEqual([
      'main',
      'main',
      'worker',
    ]);
  });

  it.each([
    ['auto', 65_536, false, 'inline'],
    ['auto', 65_537, false, 'bytes'],
    ['auto', COMPRESS_INLINE_BYTES, true, 'inline'],
    ['auto', COMPRESS_INLINE_BYTES + 1, true, 'bytes'],
    ['never', 1e9, true, 'inline'],
    ['always', 1, false, 'bytes'],
  ] as const)('%s, %i bytes, compressed %s: %s', (offload, payloadBytes, compresses, way) => {
    expect(planWrite({ offload, payloadBytes, compresses, inlineLimitBytes })).toBe(way);
  });
});

describe('a get', () => {
  it('asks for the whole value only where no worker may be used', () => {
    expect([planRead('auto'), planRead('always'), planRead('never')]).toEqual(['head', 'head', 'whole']);
  });

  it.each([
    ['auto', true, false, 1e6, 'inline'],
    ['auto', true, true, INFLATE_INLINE_BYTES, 'inline'],
    ['auto', true, true, INFLATE_INLINE_BYTES + 1, 'unpack'],
    ['auto', false, false, 1e6, 'fetch'],
    ['never', true, true, 1e9, 'inline'],
    ['always', true, false, 1, 'graph'],
    ['always', false, true, 1e9, 'graph'],
  ] as const)(
    '%s, whole %s, compressed %s, %i raw bytes: %s',
    (offload, whole, compressed, rawBytes, plan) => {
      expect(planDecode({ offload, whole, compressed, rawBytes })).toBe(plan);
    },
  );
});
