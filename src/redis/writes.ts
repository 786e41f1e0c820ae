import type { Codec } from '../codec/codec.js';
import { unreadable } from '../codec/loss-path.js';
import { asNotApplied, asOffloopError, OffloopError } from '../errors.js';
import type { Made } from '../offload/tasks.js';
import type { Call } from './call.js';
import { type ChunkSource, orEnd } from './chunk-source.js';
import { type CodecLoading, plainCopy } from './codec-loading.js';
import type { Fence } from './fence.js';
import { Gatherings } from './gatherings.js';
import type { MadeValue, Maker } from './made-values.js';
import type { Operation } from './operation.js';
import type { Operations } from './operations.js';
import { heldBytes, type PreparedWrite } from './prepared-write.js';
import type { Replicas } from './replicas.js';
import type { Stop } from './stop.js';
import { Place, type ValueWriter, type WriteWish } from './value-writer.js';

/** What a set puts where. */
export interface StoredEntry {
  readonly call?: Call | undefined;
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
  /** The value as a worker has encoded it; taken over. @default it is encoded here */
  readonly made?: Made | undefined;
}

/** What a stream of bytes is stored as. */
export interface StoredStream {
  readonly call: Call | undefined;
  readonly key: string;
  readonly source: ChunkSource;
  readonly ttlMs: number | undefined;
  readonly contentType: string | undefined;
  /** The backend, or the view of one, that was called. */
  readonly owner: object;
}

/** What a set resolves to that was dropped, Redis being away. */
const DROPPED = { value: undefined };

/** What stores values, and what is told of it. */
export interface WritingParts {
  readonly writer: ValueWriter;
  readonly loading: CodecLoading;
  readonly replicas: Replicas | undefined;
}

/** The operations that store values. Keys are physical here. */
export class Writes {
  /** The streams that are being read. */
  readonly gatherings: Gatherings;
  readonly #operations: Operations;
  readonly #writer: ValueWriter;
  readonly #loading: CodecLoading;
  readonly #replicas: Replicas | undefined;

  constructor(operations: Operations, { writer, loading, replicas }: WritingParts) {
    this.gatherings = new Gatherings(operations.timeoutMs);
    this.#operations = operations;
    this.#writer = writer;
    this.#loading = loading;
    this.#replicas = replicas;
  }

  /** A value that a worker makes; undefined where it makes none. */
  make(maker: Maker, signal: AbortSignal): Promise<MadeValue | undefined> {
    return this.#writer.made.make(maker, signal);
  }

  set(entry: StoredEntry): Promise<void> {
    return this.#set(entry, undefined) as Promise<void>;
  }

  /** As {@link set}, if a fence holds; false where it does not. */
  async setFenced(entry: StoredEntry, fence: Fence): Promise<boolean> {
    return (await this.#set(entry, fence)) === 1;
  }

  #set(entry: StoredEntry, fence: Fence | undefined): Promise<unknown> {
    const { key, ttlMs, call, snapshot, codec, contentType, note } = entry;
    const writer = this.#writer;
    if (this.#loading.isUnderWay) {
      // What waits must not change, and is nobody else's then: it need not be encoded in one go.
      const given = snapshot ? { ...entry, value: orNotApplied(() => plainCopy(entry.value)) } : entry;
      // Which lane it takes is not known yet, so it runs alone on its key.
      const work = (operation: Operation): Promise<unknown> =>
        this.#loading.before(operation, () => {
          const stillWanted = (): boolean => !operation.settled;
          const wish = { key, snapshot: false, codec, contentType, note, stillWanted };
          const write = this.#prepare(given, wish);
          const sent = this.#noted(key, writer.send(operation, write, new Place(key, ttlMs, fence)));
          return write.way === 'sliced' ? sent.finally(write.leave) : sent;
        });
      return this.#operations.run({
        name: 'set',
        key,
        writes: true,
        silent: fence === undefined,
        call,
        absent: DROPPED,
        access: 'bulk',
        work,
      });
    }
    // Before the value is encoded, which may take long.
    if (call !== undefined) this.#operations.assertWanted(call.signal, { name: 'set', key, writes: true });
    let stillWanted = true;
    const wish = { key, snapshot, codec, contentType, note, stillWanted: () => stillWanted };
    const write = this.#prepare(entry, wish);
    const stored = this.#send(new Place(key, ttlMs, fence), write, call);
    if (write.way !== 'sliced') return stored;
    // An abort, or the end of its time, also ends the slices.
    return stored.finally(() => {
      stillWanted = false;
      write.leave();
    });
  }

  #prepare({ value, made }: StoredEntry, wish: WriteWish): PreparedWrite {
    return orNotApplied(() =>
      made ? this.#writer.prepareMade(made, wish) : this.#writer.prepare(value, wish),
    );
  }

  /**
   * Takes its place in the order of operations when the stream has ended. A stream that is not read, Redis being away for one, is
   * told to end.
   */
  async setStream(stream: StoredStream): Promise<void> {
    const { key, source, ttlMs, call } = stream;
    const called = { name: 'setStream', key, writes: true, absent: DROPPED, call };
    if (!orEnd(source, () => this.#operations.admits(called))) return;
    await this.gatherings.run(stream, async (stop) => {
      const write = await this.#gather(stream, stop);
      await this.#send(new Place(key, ttlMs), write, call);
    });
  }

  async #gather({ key, source, contentType }: StoredStream, stop: Stop): Promise<PreparedWrite> {
    try {
      return await this.#writer.gather(source, { key, contentType, stop });
    } catch (error) {
      const ours = asOffloopError(error, 'ERR_VALUE', 'setStream: its source failed; nothing was stored');
      this.#operations.failed(ours);
      throw asNotApplied(ours);
    }
  }

  #send(place: Place, write: PreparedWrite, call: Call | undefined): Promise<unknown> {
    // Written out: spreading an object costs a microsecond or more for each small value.
    return this.#operations.run({
      name: 'set',
      key: place.key,
      writes: true,
      silent: place.fence === undefined,
      call,
      bytes: heldBytes(write),
      absent: DROPPED,
      access: write.way === 'inline' ? 'command' : 'bulk',
      work: (operation) => this.#noted(place.key, this.#writer.send(operation, write, place)),
    });
  }

  #noted(key: string, sent: Promise<unknown>): Promise<unknown> {
    return this.#replicas === undefined ? sent : this.#replicas.written(sent, key);
  }
}

/** Throws an error of ours, which says that nothing was sent. */
function orNotApplied<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw asNotApplied(error instanceof OffloopError ? error : unreadable());
  }
}
