import { ReadableStream } from 'node:stream/web';
import type { Selection } from '../codec/value-part.js';
import type { View } from '../offload/views.js';
import type { BulkMap } from './bulk-calls.js';
import type { Call } from './call.js';
import type { CodecLoading } from './codec-loading.js';
import type { Opened, OpenedReader } from './opened-reader.js';
import type { Operation, OperationInput } from './operation.js';
import type { Operations } from './operations.js';
import type { RetrySettings } from './retry.js';
import type { SegmentRange } from './segment-ranges.js';
import { ValueStream } from './value-stream.js';

const NOTHING = { value: undefined };

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

  /** What a call on a handle has unless it says otherwise. */
  get retry(): RetrySettings {
    return this.#operations.retry;
  }

  /** Undefined where there is no such value, or none that can be read. */
  open(key: string, call: Call | undefined): Promise<Opened | undefined> {
    return this.#run({ name: 'open', key, call, absent: NOTHING }, (operation) =>
      this.#reader.open(operation, key),
    );
  }

  value(opened: Opened, call: Call | undefined): Promise<unknown> {
    const { key } = opened;
    return this.#run({ name: 'value', key, call, local: isHere(opened) }, (operation) =>
      this.#reader.value(operation, opened),
    );
  }

  /** A string for `text`, a Buffer that belongs to the caller for the others. */
  view(opened: Opened, view: View, call: Call | undefined): Promise<unknown> {
    const { key } = opened;
    return this.#run({ name: view, key, call, local: isHere(opened) }, (operation) =>
      this.#reader.view(operation, opened, view),
    );
  }

  /** What is at a path, or the elements of that in a range. */
  part(opened: Opened, selection: Selection, call: Call | undefined): Promise<unknown> {
    const { key } = opened;
    const name = selection.range ? 'slice' : 'at';
    return this.#run({ name, key, call, local: isHere(opened) }, (operation) =>
      this.#reader.part(operation, opened, selection),
    );
  }

  /** The bytes as they come. Each chunk has the time of one operation. */
  stream(opened: Opened, call: Call | undefined): ReadableStream<Uint8Array> {
    const reader = this.#reader;
    const input = { name: 'stream', key: opened.key, call, local: isHere(opened) };
    const got = {
      first: (bytes: number) => this.#run(input, (operation) => reader.first(operation, opened, bytes)),
      range: (range: SegmentRange) => this.#run(input, (operation) => reader.range(operation, opened, range)),
    };
    const source = new ValueStream(got, { collects: reader.collectsYoung });
    return new ReadableStream(source, { highWaterMark: 0 });
  }

  /** What a function of the user's returns for a value; undefined where there is none. */
  map(mapped: Omit<BulkMap, 'bytes' | 'end'>, call: Call | undefined): Promise<unknown> {
    const { key } = mapped;
    const input = { name: 'map', key, call, absent: NOTHING };
    return this.#run(input, (operation) => this.#reader.map(operation, mapped, call?.signal));
  }

  #run<T>(
    input: Pick<OperationInput, 'name' | 'key' | 'call' | 'absent' | 'local'>,
    work: (operation: Operation) => Promise<T>,
  ): Promise<T> {
    const ready = (operation: Operation): Promise<T> =>
      this.#loading.before(operation, () => work(operation));
    return this.#operations.run<T>({ ...input, access: 'read', writes: false, work: ready });
  }
}

/** Whether all of it was read when it was opened. */
function isHere({ frame }: Opened): boolean {
  return frame !== undefined;
}
