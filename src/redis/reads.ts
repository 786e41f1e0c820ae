import type { Call } from './call.js';
import type { CodecLoading } from './codec-loading.js';
import type { Found, Part } from './large-reader.js';
import type { Operation } from './operation.js';
import type { Operations } from './operations.js';
import type { Replicas } from './replicas.js';
import type { NoteWish, ValueReader } from './value-reader.js';

/** What a read resolves to that found nothing, or that Redis was away for. */
const NOTHING = { value: undefined };

/** What reads values. */
export interface ReadsParts {
  readonly reader: ValueReader;
  readonly replicas: { readonly routes: Replicas; readonly reader: ValueReader } | undefined;
  readonly loading: CodecLoading;
}

/** The operations that read values. Keys are physical here. */
export class Reads {
  readonly #operations: Operations;
  readonly #reader: ValueReader;
  readonly #replicas: ReadsParts['replicas'];
  readonly #loading: CodecLoading;

  constructor(operations: Operations, { reader, replicas, loading }: ReadsParts) {
    this.#operations = operations;
    this.#reader = reader;
    this.#replicas = replicas;
    this.#loading = loading;
  }

  get(key: string, call?: Call): Promise<unknown> {
    return this.#operations.run({
      name: 'get',
      key,
      access: 'read',
      writes: false,
      absent: NOTHING,
      call,
      work: (operation) =>
        this.#loading.before(operation, () =>
          this.#replicas === undefined
            ? this.#reader.read(operation, key)
            : this.#routed(operation, key, (reader) => reader.read(operation, key)),
        ),
    });
  }

  /** A value with its note; undefined where there is none, or none with a note that is wanted. */
  getNoted(key: string, wish: NoteWish, call?: Call): Promise<Found | undefined> {
    return this.#operations.run<Found | undefined>({
      name: 'get',
      key,
      access: 'read',
      writes: false,
      absent: NOTHING,
      call,
      work: (operation) => this.#loading.before(operation, () => this.#reader.read(operation, key, wish)),
    });
  }

  /** What is at a path of a value, or the elements of that in a range. */
  getPart(part: Part, call?: Call): Promise<unknown> {
    const { key } = part;
    return this.#operations.run({
      name: 'get',
      key,
      access: 'read',
      writes: false,
      absent: NOTHING,
      call,
      work: (operation) =>
        this.#loading.before(operation, () =>
          this.#routed(operation, key, (reader) => reader.readPart(operation, part)),
        ),
    });
  }

  #routed<T>(operation: Operation, key: string, read: (reader: ValueReader) => Promise<T>): Promise<T> {
    const master = this.#reader;
    const replicas = this.#replicas;
    if (replicas === undefined) return read(master);
    return replicas.routes.read(operation, key, { master, replica: replicas.reader, read });
  }
}
