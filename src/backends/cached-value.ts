import type { ReadableStream } from 'node:stream/web';
import { rawCodec } from '../codec/raw.js';
import { HEAD_BYTES } from '../codec/raw-kinds.js';
import type { PathStep } from '../codec/value-part.js';
import { frameLength } from '../frame/frame.js';
import type { Call } from '../redis/call.js';
import type { Handles } from '../redis/handles.js';
import type { Opened } from '../redis/opened-reader.js';
import type { CallOptions } from './call-options.js';
import { type CallName, callOf, selectionOf } from './redis-arguments.js';

/** What a handle is made of. @internal */
export interface HandleParts {
  readonly handles: Handles;
  readonly opened: Opened;
  /** Throws `ERR_CLOSED`. */
  assertOpen(): void;
}

/**
 * A stored value, opened by `RedisBackend.open` and not read yet. Each call gets just what it needs, by a worker where the value
 * is large, so that passing a value on costs the event loop next to nothing. It is one value: where another has
 * replaced it in Redis, or it has gone, a call that needs more of it rejects with `ERR_CHANGED`; one that is stored in
 * `inlineLimitBytes` or less is held here, and stays. A call can be made any number of times, and each reads anew.
 *
 * Besides `ERR_CHANGED` calls reject as `get` does, with `ERR_CORRUPT` whatever `onCorrupt` is.
 */
export class CachedValue {
  readonly #parts: HandleParts;

  /** By `RedisBackend.open`. @internal */
  constructor(parts: HandleParts) {
    this.#parts = parts;
  }

  /** Bytes that it takes in Redis, without the key. */
  get size(): number {
    return frameLength(this.#parts.opened.header);
  }

  /** Bytes before compression. Of binary data, and of a string in ASCII or UTF-8, how many `bytes()` gives. */
  get rawSize(): number {
    const { codec, rawLength } = this.#parts.opened.header;
    return codec === rawCodec.id ? rawLength - HEAD_BYTES : rawLength;
  }

  /** The name of the codec that it was stored with, such as `graph` or `raw`. */
  get codec(): string {
    return this.#parts.opened.codec;
  }

  /** `none`, `gzip`, `brotli` or `zstd`. */
  get compression(): string {
    return this.#parts.opened.compression;
  }

  /** What `setBytes` or `setStream` was given; undefined where that was nothing. */
  get contentType(): string | undefined {
    return this.#parts.opened.contentType;
  }

  /** The value, as `get` gives it. */
  async value<T = unknown>(options?: CallOptions): Promise<T> {
    const { handles, opened } = this.#open();
    return (await handles.value(opened, this.#call(options, 'value'))) as T;
  }

  /**
   * The stored bytes, decompressed and verified by a worker: of binary data these and of a string its UTF-8, as `auto`
   * stores them; of any other value, and by another codec, those that the codec wrote.
   */
  async bytes(options?: CallOptions): Promise<Buffer> {
    const { handles, opened } = this.#open();
    return (await handles.view(opened, 'bytes', this.#call(options, 'bytes'))) as Buffer;
  }

  /** A string as it is; binary data read as UTF-8; of any other value its JSON text, as `json()` has it. */
  async text(options?: CallOptions): Promise<string> {
    const { handles, opened } = this.#open();
    return (await handles.view(opened, 'text', this.#call(options, 'text'))) as string;
  }

  /**
   * JSON text in UTF-8, to be sent as it is: a worker decodes the value and writes it, as `JSON.stringify` does. What was
   * stored with the `json` codec, or with the content type `application/json` (or `…+json`), is not looked at. Rejects with
   * `ERR_VALUE` where JSON has no word for something in it: a Map, a Set, a bigint, binary data, a RegExp, an Error.
   */
  async json(options?: CallOptions): Promise<Buffer> {
    const { handles, opened } = this.#open();
    return (await handles.view(opened, 'json', this.#call(options, 'json'))) as Buffer;
  }

  /**
   * What `bytes()` gives, as it comes, in chunks of about 256 KB. Nothing is got before something is read, and then at most
   * one chunk ahead. The stream fails with what a call would reject with. It is one for Node's functions, and one for those of the
   * web, which TypeScript tells apart where the DOM's types are there: `new Response(handle.stream())`.
   */
  stream(options?: CallOptions): ReadableStream<Uint8Array> & globalThis.ReadableStream<Uint8Array> {
    const { handles, opened } = this.#open();
    return handles.stream(opened, this.#call(options, 'stream'));
  }

  /** What is at a path, as `get` with `select` gives it. Rejects with `ERR_PATH` where the path is malformed. */
  async at<T = unknown>(path: readonly PathStep[], options?: CallOptions): Promise<T | undefined> {
    const { handles, opened } = this.#open();
    const call = this.#call(options, 'at');
    return (await handles.part(opened, selectionOf(path, undefined), call)) as T | undefined;
  }

  /**
   * The elements `from` to `to - 1` of the array, string or binary data at a path. Rejects with `ERR_PATH` where path or range
   * are malformed, or something else is there.
   */
  async slice<T = unknown>(
    path: readonly PathStep[],
    from: number,
    to: number,
    options?: CallOptions,
  ): Promise<T | undefined> {
    const { handles, opened } = this.#open();
    const call = this.#call(options, 'slice');
    return (await handles.part(opened, selectionOf(path, [from, to]), call)) as T | undefined;
  }

  #call(options: CallOptions | undefined, name: CallName): Call | undefined {
    return callOf(options, name, this.#parts.handles.retry);
  }

  #open(): HandleParts {
    this.#parts.assertOpen();
    return this.#parts;
  }
}
