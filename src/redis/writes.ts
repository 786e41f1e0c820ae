import type { Codec } from '../codec/codec.js';
import { asOffloopError } from '../errors.js';
import type { ChunkSource } from './chunk-source.js';
import type { CodecLoading } from './codec-loading.js';
import type { Operation, Operations } from './operations.js';
import type { Replicas } from './replicas.js';
import type { PreparedWrite, ValueWriter } from './value-writer.js';

/** What may be aborted. */
export interface Signalled {
  /** Has the caller answered at once, with `ERR_ABORTED`, when it fires. */
  readonly signal?: AbortSignal | undefined;
}

/** What a set puts where. */
export interface StoredEntry extends Signalled {
  readonly key: string;
  readonly value: unknown;
  readonly ttlMs: number | undefined;
  /** Whether the value may be changed as soon as the call returns. */
  readonly snapshot: boolean;
  /** The codec to use instead of the one of the settings. @default none */
  readonly codec?: Codec | undefined;
  /** @default none */
  readonly contentType?: string | undefined;
  /** What is stored beside it: 1 to 4096 bytes. @default none */
  readonly note?: Uint8Array | undefined;
}

/** What a stream of bytes is stored as. */
export interface StoredStream extends Signalled {
  readonly key: string;
  readonly source: ChunkSource;
  readonly ttlMs: number | undefined;
  readonly contentType: string | undefined;
}

/** What stores values, and what is told of it. */
export interface WritingParts {
  readonly writer: ValueWriter;
  readonly loading: CodecLoading;
  readonly replicas: Replicas | undefined;
}

/** The operations that store values. Keys are physical here. */
export class Writes {
  readonly #operations: Operations;
  readonly #writer: ValueWriter;
  readonly #loading: CodecLoading;
  readonly #replicas: Replicas | undefined;

  constructor(operations: Operations, { writer, loading, replicas }: WritingParts) {
    this.#operations = operations;
    this.#writer = writer;
    this.#loading = loading;
    this.#replicas = replicas;
  }

  set({ key, value, ttlMs, signal, snapshot, codec, contentType, note }: StoredEntry): Promise<void> {
    const writer = this.#writer;
    if (this.#loading.isUnderWay) {
      // Which lane it takes is not known yet, so it runs alone on its key.
      const work = (operation: Operation): Promise<unknown> =>
        this.#loading.before(operation, () => {
          const wish = { key, snapshot, codec, contentType, note, stillWanted: () => !operation.settled };
          return this.#noted(key, writer.send(operation, key, writer.prepare(value, wish), ttlMs));
        });
      return this.#operations.run({
        name: 'set',
        key,
        writes: true,
        silent: true,
        signal,
        access: 'bulk',
        work,
      });
    }
    // Before the value is encoded, which may take long.
    if (signal !== undefined) this.#operations.assertWanted(signal, { name: 'set', key });
    let stillWanted = true;
    const write = writer.prepare(value, {
      key,
      snapshot,
      codec,
      contentType,
      note,
      stillWanted: () => stillWanted,
    });
    const stored = this.#send({ key, ttlMs, signal }, write);
    if (write.way !== 'sliced') return stored;
    // An abort, or the end of its time, also ends the slices.
    return stored.finally(() => {
      stillWanted = false;
    });
  }

  /** Takes its place in the order of operations when the stream has ended. */
  async setStream({ key, source, ttlMs, contentType, signal }: StoredStream): Promise<void> {
    this.#operations.assertWanted(signal, { name: 'setStream', key });
    let write: PreparedWrite;
    try {
      write = await this.#writer.gather(source, { key, contentType, signal });
    } catch (error) {
      const ours = asOffloopError(error, 'ERR_VALUE', 'setStream: its source failed; nothing was stored');
      this.#operations.failed(ours);
      throw ours;
    }
    await this.#send({ key, ttlMs, signal }, write);
  }

  #send(
    { key, ttlMs, signal }: Pick<StoredEntry, 'key' | 'ttlMs' | 'signal'>,
    write: PreparedWrite,
  ): Promise<void> {
    // Written out: spreading an object costs a microsecond or more for each small value.
    return this.#operations.run<void>({
      name: 'set',
      key,
      writes: true,
      silent: true,
      signal,
      access: write.way === 'inline' ? 'command' : 'bulk',
      work: (operation) => this.#noted(key, this.#writer.send(operation, key, write, ttlMs)),
    });
  }

  #noted(key: string, sent: Promise<unknown>): Promise<unknown> {
    return this.#replicas === undefined ? sent : this.#replicas.written(sent, key);
  }
}
