import { columnsCodec } from '../codec/columns.js';
import { graphCodec } from '../codec/graph.js';
import { readPart, readSlice } from '../codec/graph-part-reader.js';
import type { SegmentSource } from '../codec/graph-segment-run.js';
import type { CodecRegistry } from '../codec/registry.js';
import { segmentsOf } from '../codec/segments.js';
import { selectedOf } from '../codec/value-part.js';
import { OffloopError } from '../errors.js';
import { decodePayload } from './decode-payload.js';
import type { FetchPartTask, Missing, Payload } from './tasks.js';
import { encodedPayload } from './worker-encode.js';
import {
  type FrameFetcher,
  openFrame,
  type PartialFrame,
  Replaced,
  type WholeFrame,
} from './worker-fetch.js';

/** How often a value that is replaced while parts of it are read is begun with again, before it is read in one piece. */
const ATTEMPTS = 3;
/** Bytes of a frame that are asked for first: enough for the table of all but the largest values. */
const FIRST_BYTES = 16_384;

/**
 * Gets a part of a value, by the segments that it lies in where there are such: a payload of `columns`. Where the codec is the
 * user's own, and the part no plain data, it is the payload of the whole value, which main takes the part from.
 */
export async function fetchPart(
  task: FetchPartTask,
  { registry, fetcher }: { readonly registry: CodecRegistry; readonly fetcher: FrameFetcher },
): Promise<Payload | Missing> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    try {
      const begun = await fetcher.begin(task, FIRST_BYTES);
      if (!begun) return { kind: 'missing', found: false };
      if ('frame' in begun) return ofWhole(task, registry, begun);
      // Only these codecs say where in the value a segment begins.
      const { codec } = begun.header;
      if (codec !== graphCodec.id && codec !== columnsCodec.id) break;
      return await ofSegments(task, { registry, fetcher }, begun);
    } catch (error) {
      if (!(error instanceof Replaced)) throw error;
    }
  }
  const frame = await fetcher.whole(task);
  return frame ? ofWhole(task, registry, frame) : { kind: 'missing', found: false };
}

async function ofSegments(
  { path, range }: FetchPartTask,
  { registry, fetcher }: { readonly registry: CodecRegistry; readonly fetcher: FrameFetcher },
  frame: PartialFrame,
): Promise<Payload | Missing> {
  let storedBytes = frame.begin.length;
  const source: SegmentSource = {
    hasBatches: frame.header.codec === columnsCodec.id,
    limits: registry.limits,
    outline: frame.outline,
    lengths: Uint32Array.from(frame.rows, ({ rawLength }) => rawLength),
    async segments(first, end) {
      const { payload, lengths } = await fetcher.segments(frame, first, end);
      storedBytes += frame.rows.slice(first, end).reduce((sum, row) => sum + row.storedLength, 0);
      return [...segmentsOf({ slabs: [payload], lengths })];
    },
  };
  const value = await (range ? readSlice(source, path, ...range) : readPart(source, path));
  return encoded(value, storedBytes);
}

function ofWhole(task: FetchPartTask, registry: CodecRegistry, whole: WholeFrame): Payload | Missing {
  const payload = openFrame(whole);
  const part = selectedOf(decodePayload(registry, payload), task);
  try {
    return encoded(part, payload.storedBytes);
  } catch (error) {
    if (error instanceof OffloopError && error.code === 'ERR_VALUE') return payload;
    throw error;
  }
}

function encoded(value: unknown, storedBytes: number): Payload | Missing {
  if (value === undefined) return { kind: 'missing', found: true };
  return encodedPayload(columnsCodec, value, storedBytes);
}
