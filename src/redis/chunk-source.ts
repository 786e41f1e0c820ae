import { Readable } from 'node:stream';
import { ReadableStream } from 'node:stream/web';
import { isDetached } from '../codec/detached.js';
import { describe, OffloopError } from '../errors.js';

/** What a stream is stored from. */
export type ChunkSource = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/**
 * Takes chunks until there are no more. Throws `ERR_VALUE` where one is no Uint8Array or holds nothing any more, or the source
 * fails or was read to its end before; as soon as `stopped` rejects what that rejects with; and what `take` throws. The source
 * is told to end in each case.
 */
export async function takeChunks(
  source: ChunkSource,
  { take, stopped }: { readonly take: (chunk: Uint8Array) => void; readonly stopped: Promise<never> },
): Promise<void> {
  const wasRead = Readable.isDisturbed(source as Readable);
  const feed = feedOf(source);
  let done = false;
  try {
    for (let index = 0; ; index++) {
      const next = await Promise.race([failing(feed.next()), stopped]);
      done = next.done === true;
      if (done && wasRead && index === 0) throw refused('the source has been read to its end before');
      if (done) return;
      take(chunkOf(next.value, index));
    }
  } finally {
    if (!done) end(feed);
  }
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
  failing(feed.end()).catch(() => {});
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
  const end = (): unknown => (given instanceof Readable ? given.destroy() : iterator.return?.());
  return { next: () => iterator.next(), end };
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
async function failing<T>(step: T): Promise<Awaited<T>> {
  try {
    return await step;
  } catch (error) {
    throw refused('its source failed', { cause: error });
  }
}

function refused(reason: string, options?: ErrorOptions): OffloopError {
  return new OffloopError('ERR_VALUE', `setStream: ${reason}; nothing was stored`, 'not-applied', options);
}
