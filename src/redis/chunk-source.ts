import { Readable } from 'node:stream';
import { ReadableStream } from 'node:stream/web';
import { setImmediate as turn } from 'node:timers/promises';
import { isDetached } from '../codec/detached.js';
import type { RawChunks } from '../codec/raw-chunks.js';
import { describe, OffloopError } from '../errors.js';
import { slices } from '../offload/slices.js';
import type { Stop } from './stop.js';

/** What a stream is stored from. */
export type ChunkSource = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/** How chunks are taken in. */
export interface Taking {
  /** Where they go. */
  readonly into: RawChunks;
  /** The most milliseconds without a turn of the event loop. */
  readonly sliceMs: number;
  readonly stop: Stop;
  /** Throws where so many bytes in all are too many. */
  assertSize(bytes: number): void;
}

/**
 * Takes chunks until there are no more. Throws `ERR_VALUE` where one is no Uint8Array or holds nothing any more, or the source
 * fails or was read to its end before; what it is stopped with as soon as it is; and what `assertSize` throws. The source
 * is told to end in each case.
 */
export async function takeChunks(source: ChunkSource, taking: Taking): Promise<void> {
  const { sliceMs, stop } = taking;
  const wasRead = Readable.isDisturbed(source as Readable);
  const feed = feedOf(source);
  let done = false;
  let sliceEnds = performance.now() + sliceMs;
  try {
    for (let index = 0; ; index++) {
      const next = await stop.orEnd(failing(() => feed.next()));
      done = next.done === true;
      if (done && wasRead && index === 0) throw refused('the source has been read to its end before');
      if (done) return;
      const rest = takeIn(chunkOf(next.value, index), index, taking);
      if (rest) await rest;
      // A source that has all of it at hand leaves the event loop no turn of its own.
      if (performance.now() < sliceEnds) continue;
      await turn();
      stop.assertNot();
      sliceEnds = performance.now() + sliceMs;
    }
  } finally {
    if (!done) end(feed);
  }
}

/** Takes a chunk in, a long one in slices: a promise of its end then. */
function takeIn(chunk: Uint8Array, index: number, taking: Taking): Promise<void> | undefined {
  const { into, sliceMs, stop } = taking;
  const { length } = chunk;
  taking.assertSize(into.bytes + length);
  let from = 0;
  const step = (): boolean => {
    stop.assertNot();
    if (chunk.length !== length) throw refused(`chunk ${index} was changed in length while it was taken in`);
    from = into.add(chunk, from);
    return from < length;
  };
  return step() ? slices.run({ sliceMs, step, stillWanted: () => true }) : undefined;
}

/** Makes a check before a source is read. Where it throws, or answers `false`, the source is told to end. */
export function orEnd<T>(source: ChunkSource, check: () => T): T {
  let answer: T | false = false;
  try {
    answer = check();
    return answer;
  } finally {
    if (answer === false) endUnread(source);
  }
}

function endUnread(source: ChunkSource): void {
  try {
    end(feedOf(source));
  } catch {
    // It is no source, or another reader has it.
  }
}

/** Not waited for: a source that hangs may never come to it. */
function end(feed: Feed): void {
  failing(() => feed.end()).catch(noop);
}

function chunkOf(value: unknown, index: number): Uint8Array {
  if (!(value instanceof Uint8Array)) {
    throw refused(`chunk ${index} is ${describe(value)}, where a Uint8Array must be`);
  }
  if (isDetached(value.buffer)) throw refused(`chunk ${index} is detached: its bytes were transferred away`);
  return value;
}

interface Step {
  readonly done?: boolean | undefined;
  readonly value?: unknown;
}

interface Feed {
  next(): Step | Promise<Step>;
  /** Tells the source that no more is wanted. */
  end(): unknown;
}

function feedOf(source: ChunkSource): Feed {
  const given: unknown = source;
  // By its reader, which can end it while it is waited for; its iterator would wait as well.
  if (given instanceof ReadableStream) {
    if (given.locked) throw refused('another reader has the source');
    const reader = (given as ReadableStream<unknown>).getReader();
    return { next: () => reader.read(), end: () => reader.cancel() };
  }
  const iterator = iteratorOf(given);
  if (!(given instanceof Readable)) return { next: () => iterator.next(), end: () => iterator.return?.() };
  // An error that it meets when nobody reads it any more would end the process.
  return { next: () => iterator.next(), end: () => given.on('error', noop).destroy() };
}

function iteratorOf(given: unknown): AsyncIterator<unknown> | Iterator<unknown> {
  if (typeof given === 'object' && given !== null) {
    if (Symbol.asyncIterator in given) return (given as AsyncIterable<unknown>)[Symbol.asyncIterator]();
    if (Symbol.iterator in given) return (given as Iterable<unknown>)[Symbol.iterator]();
  }
  const what = 'a ReadableStream or another iterable of Uint8Array';
  throw refused(`the source is ${describe(given)}, where ${what} must be`);
}

/** The source's own error is the caller's: the cause, and not in the message, since it may quote what was read. */
async function failing<T>(step: () => T): Promise<Awaited<T>> {
  try {
    return await step();
  } catch (error) {
    throw refused('its source failed', { cause: error });
  }
}

function refused(reason: string, options?: ErrorOptions): OffloopError {
  return new OffloopError('ERR_VALUE', `setStream: ${reason}; nothing was stored`, 'not-applied', options);
}

function noop(): void {}
