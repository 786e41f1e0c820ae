import { setImmediate as nextTurn } from 'node:timers/promises';
import { compressSync } from '../../dist/codec/compression.js';
import { CodecRegistry } from '../../dist/codec/registry.js';
import { OffloopError } from '../../dist/errors.js';
import { checksum } from '../../dist/frame/checksum.js';
import { HEADER_BYTES, readHeader } from '../../dist/frame/frame.js';
import { writeFrame } from '../../dist/frame/whole-frame.js';
import { decodePayload } from '../../dist/offload/decode-payload.js';
import { assertSize, openFrame } from '../../dist/offload/worker-fetch.js';
import { type FuzzSample, fuzzSamples } from './fuzz-samples.js';
import { mutated, seeded } from './hostile-bytes.js';
import { difference } from './same-value.js';

/** How long to go on, and from where. */
export interface FuzzOptions {
  readonly seed: number;
  /** Stops after so many frames. */
  readonly frames: number;
  /** Stops after so many milliseconds, if that is sooner. */
  readonly milliseconds: number;
}

/** What became of the frames. */
export interface FuzzResult {
  frames: number;
  values: number;
  /** Typed errors by code. */
  readonly codes: Record<string, number>;
  /** Errors that are not ours, as text. */
  readonly foreign: string[];
  slowestMs: number;
  /** Names of sound frames that were read as something else afterwards. */
  readonly changed: string[];
  /** Names that came to be on `Object.prototype`. */
  polluted: number;
}

const FRAMES_PER_TURN = 100;
/** The most that a frame may claim to hold: the rest of `maxValueBytes` is tried elsewhere. */
const LIMIT_BYTES = 8 * 1024 * 1024;
/** After so many frames every sound one is read again. */
const CHECKED_EVERY = 5_000;
/** Numbers that look like lengths, in the ways that codecs write them. */
const GIANTS = [
  [0xff, 0xff, 0xff, 0xff],
  [0xff, 0xff, 0xff, 0x7f],
  [0xff, 0xff, 0xff, 0xff, 0x0f],
  [0x9b, 0x00, 0x00, 0x00, 0xff, 0xff, 0xff, 0xff, 0xff],
  [0xdd, 0xff, 0xff, 0xff, 0xff],
  [0x5b, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
] as const;

/** Reads mutated frames of every codec and compression, as a get does. The seed fixes them all. */
export async function fuzz({ seed, frames, milliseconds }: FuzzOptions): Promise<FuzzResult> {
  const registry = new CodecRegistry();
  const samples = fuzzSamples(registry);
  const random = seeded(seed);
  const result: FuzzResult = {
    frames: 0,
    values: 0,
    codes: {},
    foreign: [],
    slowestMs: 0,
    changed: [],
    polluted: 0,
  };
  const endsAt = performance.now() + milliseconds;
  while (result.frames < frames && performance.now() < endsAt) {
    const sample = samples[random(samples.length)];
    if (!sample) break;
    readOne(registry, hostile(sample, random), { result, name: sample.name });
    // What compressors hold is given back in a turn of the event loop.
    if (result.frames % FRAMES_PER_TURN === 0) await nextTurn();
    if (result.frames % CHECKED_EVERY === 0) check(registry, samples, result);
  }
  check(registry, samples, result);
  return result;
}

/** The value of a frame, as main or a worker reads it. */
export function readFrame(registry: CodecRegistry, frame: Buffer, limitBytes: number): unknown {
  const header = readHeader(frame);
  assertSize(Math.max(header.rawLength, header.storedLength), limitBytes);
  return decodePayload(registry, openFrame({ frame, header, opener: { ring: undefined, key: '' } }));
}

function readOne(
  registry: CodecRegistry,
  frame: Buffer,
  { result, name }: { readonly result: FuzzResult; readonly name: string },
): void {
  result.frames++;
  const began = performance.now();
  try {
    readFrame(registry, frame, LIMIT_BYTES);
    result.values++;
  } catch (error) {
    if (error instanceof OffloopError) result.codes[error.code] = (result.codes[error.code] ?? 0) + 1;
    else result.foreign.push(`${name}, frame ${result.frames}: ${error}`);
  }
  result.slowestMs = Math.max(result.slowestMs, performance.now() - began);
}

function check(registry: CodecRegistry, samples: readonly FuzzSample[], result: FuzzResult): void {
  for (const { name, frame, value } of samples) {
    const found = difference(readFrame(registry, Buffer.from(frame), LIMIT_BYTES), value);
    if (found !== undefined) result.changed.push(`${name}: ${found}`);
  }
  result.polluted += Object.keys(Object.prototype).length;
  if ('polluted' in {}) result.polluted++;
}

/** A frame that is not sound: broken as it is, with its checksum made good, or around a payload that is broken. */
function hostile(sample: FuzzSample, random: (below: number) => number): Buffer {
  const { codec, compression, payload, frame } = sample;
  const kind = random(8);
  if (kind === 0) return owned(broken(frame, random));
  if (kind <= 2) return withChecksum(owned(broken(frame, random)));
  const raw = kind <= 5 ? broken(payload, random) : payload;
  const packed = compression ? (compressSync(raw, compression) ?? raw) : raw;
  const stored = kind <= 5 ? packed : broken(packed, random);
  return writeFrame({
    codec: codec.id,
    compression: packed === raw ? 0 : (compression?.id ?? 0),
    rawLength: random(16) === 0 ? random(LIMIT_BYTES) : raw.length,
    payload: stored,
  });
}

function broken(bytes: Uint8Array, random: (below: number) => number): Uint8Array {
  if (random(6) > 0) return mutated(bytes, random);
  const giant = GIANTS[random(GIANTS.length)] ?? [];
  const at = random(bytes.length);
  return Buffer.concat([
    bytes.subarray(0, at),
    Buffer.from(giant),
    bytes.subarray(at + random(giant.length)),
  ]);
}

function withChecksum(frame: Buffer): Buffer {
  if (frame.length < HEADER_BYTES) return frame;
  const isSegmented = ((frame[10] ?? 0) & 1) !== 0;
  const end = isSegmented ? HEADER_BYTES + frame.readUInt32LE(20) : frame.length;
  frame.writeUInt32LE(checksum(frame, 8, HEADER_BYTES, frame.subarray(HEADER_BYTES, end)), 4);
  return frame;
}

function owned(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes);
}
