import { availableParallelism } from 'node:os';
import { LIMIT_SPECS } from './codec/limits.js';
import { AVAILABILITY_SPECS } from './option-specs-availability.js';

/** One option that a number, a word, a text or a switch can set: in the constructor, a JSON file or the environment. */
export interface OptionSpec {
  /** Where it stands in the options object. */
  readonly path: string;
  readonly type: 'integer' | 'integers' | 'number' | 'boolean' | 'string' | readonly string[];
  readonly unit?: string;
  readonly min?: number;
  readonly max?: number;
  readonly default: string | number | boolean | undefined;
  readonly what: string;
}

const MB = 1024 * 1024;
const WHERE = ['auto', 'always', 'never'] as const;

/** One worker for each core but the one that the event loop needs; at least 1, at most 4. */
const DEFAULT_MAX_THREADS = Math.max(1, Math.min(4, availableParallelism() - 1));

/** The one table of options, defaults and bounds. The README's table is checked against it. */
export const OPTION_SPECS: readonly OptionSpec[] = [
  {
    path: 'url',
    type: 'string',
    default: 'redis://localhost:6379/0',
    what: 'the server: `redis://`, `rediss://` or `unix://`',
  },
  { path: 'keyPrefix', type: 'string', default: '', what: 'stands before every key; isolates tenants' },
  {
    path: 'codec',
    type: 'string',
    default: 'auto',
    what: '`auto`, `columns`, `graph`, `cbor`, `json`, `raw`, `msgpack`, or a codec of yours',
  },
  {
    path: 'compression.algorithm',
    type: ['none', 'gzip', 'brotli', 'zstd'],
    default: 'none',
    what: 'how payloads are compressed',
  },
  {
    path: 'compression.level',
    type: 'integer',
    min: 0,
    max: 22,
    default: undefined,
    what: 'the algorithm’s own: gzip 1 to 9, brotli 0 to 11, zstd 1 to 22',
  },
  {
    path: 'compression.minBytes',
    type: 'integer',
    unit: 'bytes',
    min: 0,
    max: 512 * MB,
    default: 1024,
    what: 'smaller payloads are stored as they are',
  },
  {
    path: 'compression.minSaving',
    type: 'number',
    unit: 'fraction',
    min: 0,
    max: 0.99,
    default: 0.1,
    what: 'what saves less is stored as it is',
  },
  {
    path: 'offload.encode',
    type: WHERE,
    default: 'auto',
    what: 'who serializes: `always` sends the object to a worker, `never` uses no worker at all on set',
  },
  {
    path: 'offload.decode',
    type: WHERE,
    default: 'auto',
    what: 'who deserializes: `always` has a worker send the object, `never` uses no worker at all on get',
  },
  {
    path: 'inlineLimitBytes',
    type: 'integer',
    unit: 'bytes',
    min: 1024,
    max: 16 * MB,
    default: 65_536,
    what: 'stored values up to this size stay on the command connection; larger ones go by a worker',
  },
  {
    path: 'maxValueBytes',
    type: 'integer',
    unit: 'bytes',
    min: 1024,
    max: 512 * MB - 1024,
    default: 256 * MB,
    what: 'the most that a value may take, before and after compression',
  },
  {
    path: 'sliceMs',
    type: 'number',
    unit: 'ms',
    min: 0.1,
    max: 1000,
    default: 0.5,
    what: 'the most that large values take of one turn of the event loop, all together',
  },
  {
    path: 'collectYoung',
    type: 'boolean',
    default: true,
    what: 'whether garbage collection comes in small pieces while a value of some 6 MB or more is decoded',
  },
  {
    path: 'timeoutMs',
    type: 'integer',
    unit: 'ms',
    min: 10,
    max: 3_600_000,
    default: 5_000,
    what: 'time for one operation, waiting included',
  },
  {
    path: 'connectTimeoutMs',
    type: 'integer',
    unit: 'ms',
    min: 10,
    max: 600_000,
    default: 10_000,
    what: 'time for one attempt to connect',
  },
  {
    path: 'reconnectMaxDelayMs',
    type: 'integer',
    unit: 'ms',
    min: 10,
    max: 600_000,
    default: 2_000,
    what: 'the longest pause between attempts; pauses double from 50 ms, with jitter',
  },
  ...AVAILABILITY_SPECS,
  {
    path: 'onCorrupt',
    type: ['miss', 'throw'],
    default: 'miss',
    what: 'what a get makes of bytes that are no verified frame',
  },
  {
    path: 'plan',
    type: ['auto', 'fixed'],
    default: 'auto',
    what: '`auto` decides also by what it measures in this process; `fixed` by the options alone',
  },
  {
    path: 'allowFlush',
    type: 'boolean',
    default: true,
    what: 'whether `clear()` without a prefix may empty the database',
  },
  {
    path: 'pool.minThreads',
    type: 'integer',
    unit: 'threads',
    min: 1,
    max: 64,
    default: 1,
    what: 'threads kept once the first large value came; before, there are none',
  },
  {
    path: 'pool.maxThreads',
    type: 'integer',
    unit: 'threads',
    min: 1,
    max: 64,
    default: DEFAULT_MAX_THREADS,
    what: 'the most threads; the default is the cores less one, 1 to 4',
  },
  {
    path: 'pool.tasksPerThread',
    type: 'integer',
    unit: 'tasks',
    min: 1,
    max: 1024,
    default: 8,
    what: 'values that one thread moves at a time',
  },
  {
    path: 'pool.idleTimeoutMs',
    type: 'integer',
    unit: 'ms',
    min: 0,
    max: 3_600_000,
    default: 30_000,
    what: 'an idle thread above `minThreads`, and an idle connection of a thread, end after this',
  },
  {
    path: 'pool.maxQueue',
    type: 'integer',
    unit: 'values',
    min: 0,
    max: 1_000_000,
    default: 10_000,
    what: 'large values that may wait for a thread',
  },
  {
    path: 'pool.maxBytesInFlight',
    type: 'integer',
    unit: 'bytes',
    min: MB,
    max: 16_384 * MB,
    default: 512 * MB,
    what: 'bytes of large values under way or held by threads',
  },
  {
    path: 'pool.maxHeapMb',
    type: 'integer',
    unit: 'MB',
    min: 32,
    max: 65_536,
    default: 1024,
    what: 'heap of one thread (old generation; buffers do not count)',
  },
  {
    path: 'pool.niceness',
    type: 'integer',
    min: 0,
    max: 19,
    default: 5,
    what: 'how far threads give way to the event loop where cores are short; on Linux alone',
  },
  ...LIMIT_SPECS,
];
