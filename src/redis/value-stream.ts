import type { ReadableStreamDefaultController, UnderlyingSource } from 'node:stream/web';
import { TextDecoder } from 'node:util';
import { rawCodec } from '../codec/raw.js';
import { HEAD_BYTES, kindOf, UTF16LE } from '../codec/raw-kinds.js';
import type { FirstSegments, Payload } from '../offload/tasks.js';
import { youngCollection } from '../offload/young-collection.js';
import { type SegmentRange, segmentRanges } from './segment-ranges.js';

/** Bytes of a chunk, about. Three of them at most are in memory at a time: one with the reader, one ahead, one on its way. */
const CHUNK_BYTES = 256 * 1024;
const LIMIT = { of: 'raw', bytes: CHUNK_BYTES } as const;

/** Where a stream gets its bytes. */
export interface StreamSource {
  first(rawBytes: number): Promise<Pick<Payload, 'kind' | 'payload' | 'codec'> | FirstSegments>;
  range(range: SegmentRange): Promise<Payload>;
}

/** The bytes of a value as they come. Nothing is asked for before something is read, and then one chunk ahead of it. */
export class ValueStream implements UnderlyingSource<Uint8Array> {
  readonly #source: StreamSource;
  /** Whether what was read is collected bit by bit. */
  readonly #collects: boolean;
  #bytes: PayloadBytes | undefined;
  #ranges: Iterator<SegmentRange> | undefined;
  #ahead: Promise<Payload> | undefined;

  constructor(source: StreamSource, { collects }: { readonly collects: boolean }) {
    this.#source = source;
    this.#collects = collects;
    if (collects) youngCollection.begin();
  }

  async pull(controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> {
    let chunk = await this.#next();
    while (chunk?.byteLength === 0) chunk = await this.#next();
    if (chunk) controller.enqueue(chunk);
    else controller.close();
  }

  cancel(): void {
    this.#ranges = [].values();
    this.#ahead = undefined;
  }

  /** The next bytes; undefined behind the last. */
  async #next(): Promise<Uint8Array | undefined> {
    if (this.#bytes === undefined) {
      const first = await this.#source.first(CHUNK_BYTES);
      this.#bytes = new PayloadBytes(first.codec);
      this.#ranges ??= first.kind === 'first' ? segmentRanges(first, LIMIT) : [].values();
      this.#request();
      return this.#bytes.next(first.payload);
    }
    const ahead = this.#ahead;
    if (ahead === undefined) return this.#bytes.end();
    const { payload } = await ahead;
    this.#request();
    if (this.#collects) youngCollection.passed(payload.length);
    return this.#bytes.next(payload);
  }

  #request(): void {
    const next = this.#ranges?.next();
    this.#ahead = next && !next.done ? this.#source.range(next.value) : undefined;
    // It may fail before its turn, which is where that is taken up.
    this.#ahead?.catch(() => {});
  }
}

/** What `bytesView` gives of a payload, of one that comes in pieces. */
class PayloadBytes {
  readonly #codec: number;
  #begun = false;
  #utf16: TextDecoder | undefined;

  constructor(codec: number) {
    this.#codec = codec;
  }

  next(piece: Uint8Array): Uint8Array {
    if (this.#codec !== rawCodec.id) return piece;
    let data = piece;
    if (!this.#begun) {
      this.#begun = true;
      if (kindOf(piece) === UTF16LE) this.#utf16 = new TextDecoder('utf-16le', { ignoreBOM: true });
      data = piece.subarray(HEAD_BYTES);
    }
    return this.#utf16 ? Buffer.from(this.#utf16.decode(data, { stream: true })) : data;
  }

  /** What is left of text that ends within a character. */
  end(): Uint8Array | undefined {
    const rest = this.#utf16?.decode();
    this.#utf16 = undefined;
    return rest ? Buffer.from(rest) : undefined;
  }
}
