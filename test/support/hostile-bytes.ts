import { expect } from 'vitest';
import type { Codec } from '../../dist/codec/codec.js';
import { codeThrownBy } from './error-code.js';
import { difference } from './same-value.js';

/** A small generator of numbers from a seed (mulberry32), so that a failure can be repeated. */
export function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** `bytes` with one to four bytes overwritten, inserted, removed or copied from elsewhere. */
export function mutated(bytes: Uint8Array, random: (below: number) => number): Uint8Array {
  const result = Array.from(bytes);
  for (let change = random(4); change >= 0; change--) {
    const at = random(result.length);
    const kind = random(4);
    if (kind === 0) result[at] = random(256);
    else if (kind === 1) result.splice(at, 0, random(256));
    else if (kind === 2) result.splice(at, 1 + random(4));
    else result.splice(at, 4, ...result.slice(random(result.length)).slice(0, 1 + random(24)));
    if (result.length === 0) result.push(random(256));
  }
  return Uint8Array.from(result);
}

/** Every beginning of `bytes` that is not all of it must be refused. */
export function expectTruncationsRefused(codec: Codec, bytes: Uint8Array): void {
  for (let length = 0; length < bytes.length; length++) {
    expect([length, codeThrownBy(() => codec.decode(bytes.slice(0, length), true))]).toEqual([
      length,
      'ERR_CORRUPT',
    ]);
  }
}

/** Mutated bytes give a value or `ERR_CORRUPT`, and never change how a sound payload is read afterwards. */
export function expectMutationsHarmless(
  codec: Codec,
  sample: { value: unknown; seed: number; runs: number },
): void {
  const sound = Uint8Array.from(codec.encode(sample.value));
  const random = seeded(sample.seed);
  for (let run = 0; run < sample.runs; run++) {
    const bytes = mutated(sound, random);
    const code = codeThrownBy(() => codec.decode(bytes, true));
    expect([run, code]).toEqual([run, code === 'nothing thrown' ? code : 'ERR_CORRUPT']);
    if (run % 64 === 0) expect(difference(codec.decode(sound, false), sample.value)).toBe(undefined);
  }
  expect(Object.keys(Object.prototype)).toEqual([]);
  expect(difference(codec.decode(sound, false), sample.value)).toBe(undefined);
}
