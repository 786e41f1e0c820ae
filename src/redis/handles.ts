import { ReadableStream } from 'node:stream/web';
import type { Selection } from '../codec/value-part.js';
import type { View } from '../offload/views.js';
import type { BulkMap } from './bulk-lane.js';
import type { CodecLoading } from './codec-loading.js';
import type { Opened, OpenedReader } from './opened-reader.js';
import type { Operation, OperationInput, Operations } from './operations.js';
import type { SegmentRange } from './segment-ranges.js';
import { ValueStream } from './value-stream.js';

/** The operations of handles: what can be asked of a value that was opened. Keys are physical here. */
export class Handles {
  readonly #operations: Operations;
  readonly #reader: OpenedReader;
  readonly #loading: CodecLoading;

  constructor(operations: Operations, reader: OpenedReader, loading: CodecLoading) {
    this.#operations = operations;
    this.#reader = reader;
    this.#loading = loading;
  }

  /** Undefined where there is no such value, or none that can be read. */
  open(key: string, signal: AbortSignal | undefined): Promise<Opened | undefined> {
    return this.#run({ name: 'open', key, signal }, (operation) => this.#reader.open(operation, key));
  }

  value(opened: Opened, signal: AbortSignal | undefined): Promise<unknown> {
    const { key } = opened;
    return this.#run({ name: 'value', key, signal }, (operation) => this.#reader.value(operation, opened));
  }

  /** A string for `text`, a Buffer that belongs to the caller for the others. */
  view(opened: Opened, view: View, signal: AbortSignal | undefined): Promise<unknown> {
    const { key } = opened;
    return this.#run({ name: view, key, signal }, (operation) => this.#reader.view(operation, opened, view));
  }

  /** What is at a path, or the elements of that in a range. */
  part(opened: Opened, selection: Selection, signal: AbortSignal | undefined): Promise<unknown> {
    const { key } = opened;
    const name = selection.range ? 'slice' : 'at';
    return this.#run({ name, key, signal }, (operation) => this.#reader.part(operation, opened, selection));
  }

  /** The bytes as they come. Each chunk has the time of one operation. */
  stream(opened: Opened, signal: AbortSignal | undefined): ReadableStream<Uint8Array> {
    const reader = this.#reader;
    const call = { name: 'stream', key: opened.key, signal };
    const got = {
      first: (bytes: number) => this.#run(call, (operation) => reader.first(operation, opened, bytes)),
      range: (range: SegmentRange) => this.#run(call, (operation) => reader.range(operation, opened, range)),
    };
    const source = new ValueStream(got, { collects: reader.collectsYoung });
    return new ReadableStream(source, { highWaterMark: 0 });
  }

  /** What a function of the user's returns for a value; undefined where there is none. */
  map(call: Omit<BulkMap, 'bytes'>, signal: AbortSignal | undefined): Promise<unknown> {
    const { key } = call;
    return this.#run({ name: 'map', key, signal }, (operation) => this.#reader.map(operation, call));
  }

  #run<T>(
    call: Pick<OperationInput, 'name' | 'key' | 'signal'>,
    work: (operation: Operation) => Promise<T>,
  ): Promise<T> {
    const ready = (operation: Operation): Promise<T> =>
      this.#loading.before(operation, () => work(operation));
    return this.#operations.run<T>({ ...call, access: 'read', writes: false, work: ready });
  }
}
