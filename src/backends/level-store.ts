import { statfs } from 'node:fs/promises';
import type { ClassicLevel } from 'classic-level';
import { OffloopError } from '../errors.js';

/** One change of a batch, all of which come to pass or none. */
export type StoreChange =
  | { readonly type: 'put'; readonly key: string; readonly value: Uint8Array }
  | { readonly type: 'del'; readonly key: string };

type Level = ClassicLevel<string, Uint8Array>;

/** LevelDB writes its log in memory before it becomes a table; large values want more than its 4 MB. */
const WRITE_BUFFER_BYTES = 16 * 1024 * 1024;
const CACHE_BYTES = 8 * 1024 * 1024;

/**
 * LevelDB by the optional package `classic-level`, which brings binaries for all platforms and is loaded when the first
 * store is opened. Reads and writes run on libuv's threads. Errors are ours: `ERR_MISSING_PACKAGE` and `ERR_DISK`.
 */
export class LevelStore {
  readonly #level: Level;
  /** Whether a write has failed: the log may end in half a record, behind which the next start would find nothing. */
  #isTorn = false;
  #mending: Promise<void> | undefined;

  private constructor(level: Level) {
    this.#level = level;
  }

  /** Opens the store in a directory, or makes one there. No other process may have it open. */
  static async open(path: string): Promise<LevelStore> {
    const Store = await load();
    const level: Level = new Store(path, {
      keyEncoding: 'utf8',
      valueEncoding: 'view',
      // Values are compressed by whoever wants them to be, and a worker does it better.
      compression: false,
      writeBufferSize: WRITE_BUFFER_BYTES,
      cacheSize: CACHE_BYTES,
    });
    await attempt(`open ${JSON.stringify(path)}`, () => level.open());
    return new LevelStore(level);
  }

  /** Makes a damaged store one that can be opened, of what is whole in it. No one may have it open. */
  static async repair(path: string): Promise<void> {
    const Store = await load();
    await attempt(`repair ${JSON.stringify(path)}`, () => Store.repair(path));
  }

  /** The values of some keys, in their order. */
  async read(keys: string[]): Promise<(Uint8Array | undefined)[]> {
    if (this.#mending || this.#level.status !== 'open') await this.#mend();
    try {
      return await this.#level.getMany(keys);
    } catch (error) {
      if (codeOf(error) === 'LEVEL_CORRUPTION')
        throw new OffloopError('ERR_CORRUPT', 'the store is damaged here');
      throw failed('read', error);
    }
  }

  /** Resolves when the system has the changes: the end of the process does not lose them, that of the machine may. */
  write(changes: StoreChange[]): Promise<void> {
    return this.#write(() => this.#level.batch(changes));
  }

  /** Removes the keys from one to before another. */
  remove(from: string, to: string): Promise<void> {
    return this.#write(() => this.#level.clear({ gte: from, lt: to }));
  }

  /** The entries from one key to before another, in the order of keys. */
  async *entries(from: string, to: string): AsyncGenerator<[string, Uint8Array]> {
    try {
      yield* this.#level.iterator({ gte: from, lt: to });
    } catch (error) {
      throw failed('read', error);
    }
  }

  async close(): Promise<void> {
    await this.#mending?.catch(() => {});
    await attempt('close', () => this.#level.close());
  }

  async #write(work: () => Promise<void>): Promise<void> {
    // Reads go on in a store that could not be opened again.
    if (this.#isTorn && !this.#mending) await assertRoom(this.#level.location);
    if (this.#isTorn || this.#mending) await this.#mend();
    try {
      await attempt('write', work);
    } catch (error) {
      this.#isTorn = true;
      throw error;
    }
  }

  /** Closed and opened again LevelDB keeps what is whole and begins a new log; a store that could not write never writes again. */
  #mend(): Promise<void> {
    this.#mending ??= attempt('open again', async () => {
      await this.#level.close();
      await this.#level.open();
      this.#isTorn = false;
    }).finally(() => {
      this.#mending = undefined;
    });
    return this.#mending;
  }
}

/** Throws where the disk has no room for a new log. */
async function assertRoom(path: string): Promise<void> {
  const disk = await statfs(path).catch(() => undefined);
  if (disk && disk.bavail * disk.bsize < WRITE_BUFFER_BYTES)
    throw new OffloopError('ERR_DISK', 'the store cannot write: the disk is full');
}

async function load(): Promise<typeof ClassicLevel> {
  try {
    return (await import('classic-level')).ClassicLevel;
  } catch {
    throw new OffloopError(
      'ERR_MISSING_PACKAGE',
      'DiskBackend needs the package classic-level, which cannot be loaded: npm install classic-level',
    );
  }
}

/** Whether the store's files are not as they were written. */
export function isDamage(error: unknown): boolean {
  return error instanceof OffloopError && error.message.endsWith(': LEVEL_CORRUPTION');
}

async function attempt<T>(what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw failed(what, error);
  }
}

/** Of the library's error the code alone is taken over: its message may hold a path or a key. */
function failed(what: string, error: unknown): OffloopError {
  if (error instanceof OffloopError) return error;
  const cause: unknown = error instanceof Error ? error.cause : undefined;
  const code = codeOf(cause) ?? codeOf(error) ?? 'no code';
  const why = code === 'LEVEL_LOCKED' ? 'another process, or another backend, has it open' : code;
  return new OffloopError('ERR_DISK', `the store cannot ${what}: ${why}`);
}

function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
