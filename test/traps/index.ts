/** A test that fails when our handling of a trap is taken out. */
export interface TrapTest {
  /** Below `test/`. */
  readonly file: string;
  /** The title of the test, or of the group that it is in; a part of it that occurs once. */
  readonly title: string;
}

/**
 * What the dependencies do that one would not expect, by number, and what fails when our handling of it is taken out. The
 * numbers are those in the titles of tests.
 */
export const TRAPS: Readonly<Record<number, { readonly what: string; readonly tests: readonly TrapTest[] }>> =
  {
    1: {
      what: 'ioredis: a command lost in an auto-pipeline never settles',
      tests: [{ file: 'redis/traps.test.ts', title: 'trap 1, 5: a command in flight' }],
    },
    2: {
      what: 'ioredis: a set that timed out offline is applied later',
      tests: [{ file: 'redis/traps.test.ts', title: 'trap 2: a set that ran out of time' }],
    },
    3: {
      what: 'ioredis: one auto-pipeline in flight per node; times of commands add up',
      tests: [{ file: 'redis/traps.test.ts', title: 'trap 3, 4: each operation ends in its own time' }],
    },
    4: {
      what: 'ioredis: its queues have no bounds',
      tests: [
        {
          file: 'redis/availability.test.ts',
          title: 'trap 4: what is over the caps of the command connection',
        },
        { file: 'offload/pool.test.ts', title: 'bytes in flight are capped' },
      ],
    },
    5: {
      what: 'ioredis: writes that are sent again overwrite newer ones',
      tests: [{ file: 'redis/traps.test.ts', title: 'trap 1, 5: a command in flight' }],
    },
    6: {
      what: 'ioredis: in a cluster one slot fails others, and throws',
      tests: [{ file: 'redis/traps.test.ts', title: 'trap 6, 17: a slot that no node serves' }],
    },
    7: {
      what: 'ioredis: keyPrefix does not hold for SCAN and replies',
      tests: [{ file: 'redis/traps.test.ts', title: 'trap 7: a prefix is part of the key' }],
    },
    8: {
      what: 'ioredis: commands without a key go to one node of a cluster',
      tests: [
        { file: 'redis/connection.test.ts', title: 'trap 8: Cluster: both lanes, batches over all slots' },
      ],
    },
    9: {
      what: 'ioredis: URLs are misread',
      tests: [
        { file: 'redis/url.test.ts', title: 'trap 9: refuses %s with ERR_URL' },
        { file: 'redis/settings.test.ts', title: 'trap 9: TLS of the URL' },
      ],
    },
    10: {
      what: 'ioredis: a Uint8Array is stored as text',
      tests: [{ file: 'backends/redis.test.ts', title: 'trap 10, 11, 22: binary values come back' }],
    },
    11: {
      what: 'ioredis: replies are views of what others share',
      tests: [{ file: 'backends/redis.test.ts', title: 'trap 10, 11, 22: binary values come back' }],
    },
    12: {
      what: 'ioredis: each argument is copied, and again in a pipeline',
      tests: [{ file: 'redis/traps.test.ts', title: 'trap 12: no large value enters the pipeline' }],
    },
    13: {
      what: 'ioredis: errors hold commands with values and passwords',
      tests: [
        { file: 'redis/traps.test.ts', title: 'trap 13: no error carries what ioredis attached' },
        { file: 'redis/connection.test.ts', title: 'trap 13: %s is a typed error' },
        { file: 'redis/secrets.test.ts', title: 'no error, event, counter or inspection tells a secret' },
      ],
    },
    14: {
      what: 'ioredis: the failover detector of Sentinel is off',
      tests: [{ file: 'redis/settings.test.ts', title: 'trap 14: the failover detector' }],
    },
    15: {
      what: 'piscina: maxQueue is bypassed with signals',
      tests: [{ file: 'offload/pool.test.ts', title: 'trap 15: when a limit is reached' }],
    },
    16: {
      what: 'piscina: an abort kills the thread',
      tests: [{ file: 'offload/pool.test.ts', title: 'trap 16: a worker that hangs' }],
    },
    17: {
      what: 'piscina: close() kills running work',
      tests: [{ file: 'offload/pool.test.ts', title: 'trap 17: close() lets what runs' }],
    },
    18: {
      what: 'piscina: queued tasks stall when the worker exits',
      tests: [{ file: 'offload/pool.test.ts', title: 'trap 18: what waits for a thread' }],
    },
    19: {
      what: 'piscina: a crash in an idle worker ends the process',
      tests: [
        { file: 'offload/pool.test.ts', title: 'trap 19: a thread that fails while' },
        { file: 'offload/pool.test.ts', title: 'trap 17, 18, 19: an exit rejects' },
      ],
    },
    20: {
      what: 'worker threads: buffers do not count as heap',
      tests: [
        { file: 'offload/pool.test.ts', title: 'trap 20: a heap overflow' },
        { file: 'offload/pool.test.ts', title: 'bytes in flight are capped' },
      ],
    },
    21: {
      what: 'piscina: too many threads, and threads that thrash',
      tests: [{ file: 'redis/traps.test.ts', title: 'trap 21: threads do not thrash' }],
    },
    22: {
      what: 'piscina: transferring a view empties its siblings',
      tests: [
        { file: 'backends/redis.test.ts', title: 'trap 10, 11, 22: binary values come back' },
        { file: 'redis/traps.test.ts', title: 'trap 22: large values that a codec' },
      ],
    },
    23: {
      what: 'cbor-x: an Encoder remembers records of what it decodes',
      tests: [{ file: 'codec/cbor.test.ts', title: 'trap 23: records do not outlive their payload' }],
    },
    24: {
      what: 'cbor-x: results share one scratch buffer, which stays large',
      tests: [{ file: 'codec/cbor.test.ts', title: 'trap 24: the shared scratch buffer' }],
    },
    25: {
      what: 'cbor-x: types are lost in silence',
      tests: [{ file: 'codec/cbor.test.ts', title: 'trap 25: what cbor-x would lose is refused' }],
    },
    26: {
      what: 'cbor-x: nesting, cycles, RegExps of the sender',
      tests: [{ file: 'codec/cbor.test.ts', title: 'trap 26: hostile bytes' }],
    },
    27: {
      what: 'cbor-x: a small Buffer holds its whole payload',
      tests: [
        { file: 'codec/cbor.test.ts', title: 'trap 27: what is decoded holds nothing' },
        { file: 'codec/graph.test.ts', title: 'trap 27: a small buffer inside' },
      ],
    },
    28: {
      what: 'cbor-extract: crashes on malformed bytes, and may not be there',
      tests: [
        { file: 'codec/cbor.test.ts', title: 'trap 28: 20,000 mutations' },
        { file: 'codec/cbor.test.ts', title: 'trap 28: reads the same without cbor-extract' },
      ],
    },
    29: {
      what: 'zlib: brotli takes bytes behind the stream; zeros inflate 5000:1',
      tests: [
        { file: 'codec/compression.test.ts', title: 'trap 29: bytes after the stream are refused' },
        { file: 'codec/compression.test.ts', title: 'trap 29: zeros that would inflate a thousandfold' },
      ],
    },
    30: {
      what: 'Redis: SCAN returns keys twice, and reads prefixes as patterns',
      tests: [{ file: 'redis/scan.test.ts', title: 'trap 30: a clear removes exactly' }],
    },
    31: {
      what: 'Redis: a value has 512 MB at most',
      tests: [{ file: 'redis/traps.test.ts', title: 'trap 31: no value can be larger' }],
    },
    32: {
      what: 'ioredis: a class that extends String makes methods of every string slow',
      tests: [{ file: 'redis/fast-strings.test.ts', title: 'trap 32: methods of strings are as fast' }],
    },
    33: {
      what: 'piscina: it requires its file, and a thread that is ended meanwhile ends the process',
      tests: [{ file: 'backends/redis-map.test.ts', title: 'trap 33: a thread requires no ES module' }],
    },
  };
