/** A piece of a source file, which occurs there once, and what stands in its place. */
export interface Change {
  /** Below `src/`. */
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

const CLIENT = 'redis/client.ts';
const POOL = 'offload/pool.ts';
const ADMISSION = 'offload/admission.ts';
const CBOR = 'codec/cbor.ts';
const COMPRESSION = 'codec/compression.ts';

/** A lost client comes back by itself instead of being replaced. */
const REVIVED = [
  { file: CLIENT, from: ' retryStrategy: () => null', to: ' retryStrategy: () => 50' },
  { file: CLIENT, from: 'maxRetriesPerRequest: 0', to: 'maxRetriesPerRequest: null' },
];

/** What ioredis has for pipelining. */
const IOREDIS_PIPELINES = [
  { file: CLIENT, from: 'lazyConnect: true,', to: 'lazyConnect: true, enableAutoPipelining: true,' },
  {
    file: CLIENT,
    from: 'setImmediate, so that what other callbacks of this turn call goes along.\n',
    to: '\nif (name !== "") return (this.client as any)[name + (binary ? "Buffer" : "")](...args);\n',
  },
];

const BYTES_NOT_COUNTED = [
  {
    file: ADMISSION,
    from: '&& this.#bytes + bytes <= this.#limits.maxBytes',
    to: '',
  },
];

/**
 * Our handling of each trap taken out: by its number, one or more ways to do without it, each of which makes a test of that
 * trap fail. `npm run test:traps` tries them all.
 */
export const WITHOUT: Readonly<Record<number, readonly (readonly Change[])[]>> = {
  1: [[...IOREDIS_PIPELINES, ...REVIVED]],
  2: [[{ file: CLIENT, from: 'enableOfflineQueue: false', to: 'enableOfflineQueue: true' }, ...REVIVED]],
  3: [
    [
      ...IOREDIS_PIPELINES,
      {
        file: CLIENT,
        from: 'maxRetriesPerRequest: 0,',
        to: 'maxRetriesPerRequest: 0, commandTimeout: settings.timeoutMs,',
      },
      { file: 'redis/operations.ts', from: 'this.deadlines.addStandard(running);', to: ';' },
    ],
  ],
  4: [
    [
      {
        file: 'redis/room.ts',
        from: 'if (this.#count > 0 && (this.#count >= maxInFlight || this.#bytes + bytes > maxBytesInFlight))',
        to: 'if (maxInFlight + maxBytesInFlight < 0)',
      },
    ],
    BYTES_NOT_COUNTED,
  ],
  5: [
    [
      {
        file: CLIENT,
        from: 'autoResendUnfulfilledCommands: false',
        to: 'autoResendUnfulfilledCommands: true',
      },
      ...REVIVED,
    ],
  ],
  6: [
    [
      {
        file: CLIENT,
        from: 'for (const command of batch) this.client.sendCommand(command);',
        to: `const pipeline = this.client.pipeline();
          for (const command of batch) pipeline.sendCommand(command as never);
          pipeline.exec().catch(() => undefined);`,
      },
    ],
  ],
  7: [[{ file: 'backends/redis.ts', from: 'return this.#prefix + key;', to: 'return String(key);' }]],
  8: [
    [
      {
        file: CLIENT,
        from: "return client instanceof Cluster ? client.nodes('master') : [client];",
        to: 'return [client as Redis];',
      },
    ],
  ],
  9: [
    [
      {
        file: 'redis/url.ts',
        from: 'const match = FORM.exec(url);',
        to: `const { hostname, port: at, protocol } = new URL(url);
          if (protocol !== '') return { host: hostname, port: Number(at || 6379), tls: protocol === 'rediss:' };
          const match = FORM.exec(url);`,
      },
    ],
    [{ file: 'redis/settings.ts', from: 'redis: options,', to: 'redis: { ...options, tls: undefined },' }],
  ],
  10: [
    [
      {
        file: 'redis/command-lane.ts',
        from: 'const args = ttlMs === undefined ? [key, frame]',
        to: `frame = new Uint8Array(frame) as never;
          const args = ttlMs === undefined ? [key, frame]`,
      },
    ],
  ],
  11: [
    [
      {
        file: 'redis/value-reader.ts',
        from: 'const value = codec.decode(payload, false);',
        to: 'const value = codec.decode(payload, true);',
      },
    ],
  ],
  12: [
    [
      {
        file: 'offload/plan.ts',
        from: "if (offload === 'always' || payloadBytes > inlineLimitBytes)",
        to: "if (offload === 'always')",
      },
    ],
  ],
  13: [
    [
      {
        file: 'redis/redis-error.ts',
        from: 'const { code, text } = meaning(error);',
        to: `const { code, text } = meaning(error);
          if (text !== '') return Object.assign(new OffloopError(code, text), { cause: error });`,
      },
    ],
  ],
  14: [[{ file: 'redis/settings.ts', from: 'failoverDetector: true,', to: '' }]],
  15: [
    [
      { file: ADMISSION, from: 'if (this.#running === 0) return true;', to: 'if (bytes >= 0) return true;' },
      {
        file: POOL,
        from: 'maxQueue: Number.POSITIVE_INFINITY,',
        to: 'maxQueue: this.settings.maxQueue,',
      },
    ],
  ],
  16: [[{ file: POOL, from: 'await piscina?.destroy();', to: 'await piscina?.close();' }]],
  17: [
    [
      {
        file: 'redis/store.ts',
        from: 'this.#closing ??= this.#operations.drain()',
        to: 'this.#closing ??= Promise.resolve()',
      },
    ],
  ],
  18: [
    [
      {
        file: ADMISSION,
        from: 'this.#running < this.#limits.maxRunning &&',
        to: '',
      },
      { file: POOL, from: '      minThreads,\n      maxThreads,', to: 'minThreads: 0, maxThreads,' },
    ],
  ],
  19: [[{ file: POOL, from: "piscina.on('error', ", to: "piscina.on('none', " }]],
  20: [
    BYTES_NOT_COUNTED,
    [
      {
        file: POOL,
        from: 'const ours = workerFault(error);',
        to: `if (task) throw error;
          const ours = workerFault(error);`,
      },
    ],
  ],
  21: [
    [
      {
        file: 'option-specs.ts',
        from: "max: 3_600_000,\n    default: 30_000,\n    what: 'an idle thread",
        to: "max: 3_600_000,\n    default: 0,\n    what: 'an idle thread",
      },
    ],
  ],
  22: [
    [{ file: 'redis/own-memory.ts', from: 'return new Uint8Array(bytes);', to: 'return asArray(bytes);' }],
  ],
  23: [[{ file: CBOR, from: 'decoder = new Decoder(', to: 'decoder = new Encoder(' }]],
  24: [[{ file: CBOR, from: 'encoder.useBuffer(Buffer.allocUnsafeSlow(FRESH_SCRATCH));', to: ';' }]],
  25: [[{ file: CBOR, from: 'assertKeepable(value, CBOR_KEEPS);', to: '' }]],
  26: [
    [
      {
        file: 'codec/cbor-scan.ts',
        from: 'if (elementBytes === undefined)',
        to: `if (elementBytes === undefined) {
          (this.#left[this.#depth] as number)++;
          return;
        }
        if (elementBytes < 0)`,
      },
    ],
  ],
  27: [
    [{ file: CBOR, from: 'copyBuffers: true', to: 'copyBuffers: false' }],
    [
      {
        file: 'codec/graph-cursor.ts',
        from: 'const copy = new Uint8Array(bytes);',
        to: `if (reviver.elementBytes === 1) return bytes;
          const copy = new Uint8Array(bytes);`,
      },
    ],
  ],
  28: [
    [
      { file: CBOR, from: 'scanCbor(bytes, limits);', to: '' },
      {
        file: CBOR,
        from: "throw new OffloopError('ERR_CORRUPT', 'cbor payload: it cannot be decoded');",
        to: "throw new Error('as cbor-x has it');",
      },
    ],
    [{ file: CBOR, from: 'boolean = isNativeAccelerationEnabled;', to: 'boolean = true;' }],
  ],
  29: [
    [
      {
        file: COMPRESSION,
        from: 'if (engine.bytesWritten !== bytes.byteLength)',
        to: 'if (engine.bytesWritten > bytes.byteLength)',
      },
    ],
    [{ file: COMPRESSION, from: 'maxOutputLength: rawLength,', to: '' }],
  ],
  30: [
    [
      {
        file: 'redis/scan.ts',
        from: "return prefix.replace(/[*?[\\]^\\\\-]/g, '\\\\$&');",
        to: 'return prefix;',
      },
      {
        file: 'redis/scan.ts',
        from: 'found.filter((key) => key.subarray(0, prefix.length).equals(prefix));',
        to: 'prefix && found;',
      },
    ],
  ],
  31: [[{ file: 'option-specs.ts', from: 'max: 512 * MB - 1024,', to: 'max: 1024 * MB,' }]],
  32: [[{ file: CLIENT, from: 'keepStringsFast();', to: '' }]],
  33: [[{ file: 'offload/pool.ts', from: './worker-entry.cjs', to: './worker.js' }]],
};
