import { getEventListeners } from 'node:events';
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RedisBackend, type RedisBackendOptions } from '../../dist/index.js';
import { type RunningRedis, startRedis } from '../support/redis-server.js';
import { DETACHED, THROWING } from '../support/unreadable-values.js';

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

let server: RunningRedis;
beforeAll(async () => {
  server = await startRedis();
});
afterAll(() => server.stop());

function create(options: RedisBackendOptions = {}): RedisBackend {
  return new RedisBackend({ url: server.url, ...options });
}

const big = Buffer.from(Uint8Array.from({ length: 3_000_000 }, (_, index) => (index * 7) % 251));

async function* chunksOf(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += size) {
    await turn();
    yield bytes.subarray(from, from + size);
  }
}

it.each(['none', 'gzip'] as const)('bytes and their type come back, compression %s', async (compression) => {
  await using cache = create({ compression });
  for (const bytes of [big, big.subarray(5, 40_000), Buffer.alloc(0)]) {
    for (const contentType of ['image/png', undefined]) {
      await cache.setBytes('k', bytes, { contentType, ttl: 60 });
      const handle = await cache.open('k');
      expect(handle?.contentType).toBe(contentType);
      expect(handle?.codec).toBe('raw');
      expect(handle?.rawSize).toBe(bytes.length);
      expect((await handle?.bytes())?.equals(bytes)).toBe(true);
      const got = await cache.get('k');
      expect(Buffer.isBuffer(got) && got.equals(bytes)).toBe(true);
      expect(await cache.ttl('k')).toBeGreaterThan(50);
    }
  }
});

it('a Uint8Array and an ArrayBuffer are bytes too; nothing else is', async () => {
  await using cache = create();
  await cache.setBytes('k', new Uint8Array(big).buffer);
  expect(big.equals((await cache.get('k')) as Buffer)).toBe(true);
  await cache.setBytes('k', Uint8Array.of(1, 2));
  expect(await cache.get('k')).toEqual(Buffer.of(1, 2));
  for (const odd of ['text', 7, null, [1, 2], new Float64Array(2), new DataView(new ArrayBuffer(2))]) {
    await expect(cache.setBytes('k', odd as never)).rejects.toMatchObject({ code: 'ERR_VALUE' });
  }
});

it.each([1, 7, 65_528, 65_536, 1_000_000])(
  'a stream of chunks of %i bytes is stored as one value',
  async (size) => {
    await using cache = create();
    const bytes = size < 100 ? big.subarray(0, 10_000) : big;
    await cache.setStream('k', chunksOf(bytes, size), { contentType: 'text/plain; charset=utf-8' });
    const handle = await cache.open('k');
    expect(handle?.contentType).toBe('text/plain; charset=utf-8');
    expect((await handle?.bytes())?.equals(bytes)).toBe(true);
  },
);

it('a web stream, a Node stream, an array, and what another handle streams are sources', async () => {
  await using cache = create();
  await cache.setStream('web', new Blob([big]).stream());
  await cache.setStream('node', Readable.from(chunksOf(big, 100_000)));
  const handle = await cache.open('web');
  if (!handle) throw new Error('it is not there');
  await cache.setStream('copy', handle.stream());
  await cache.setStream('array', [big.subarray(0, 9), new Uint8Array(0), big.subarray(9)]);
  await cache.setStream('empty', []);
  for (const key of ['web', 'node', 'copy', 'array']) {
    expect(big.equals((await cache.get(key)) as Buffer)).toBe(true);
  }
  expect(await cache.get('empty')).toEqual(Buffer.alloc(0));
});

it('JSON that was stored as bytes is passed on as it is', async () => {
  await using cache = create();
  const text = '{"a" : 1}';
  for (const contentType of ['application/json', 'application/ld+json; charset=utf-8']) {
    await cache.setBytes('k', Buffer.from(text), { contentType });
    expect((await (await cache.open('k'))?.json())?.toString()).toBe(text);
  }
  await cache.setBytes('k', Buffer.from(text), { contentType: 'application/jsonish' });
  await expect((await cache.open('k'))?.json()).rejects.toMatchObject({ code: 'ERR_VALUE' });
});

it('a source that fails, gives something else or is too large stores nothing, and is told to end', async () => {
  await using cache = create({ maxValueBytes: 100_000 });
  await cache.set('k', 'before');
  let ended = 0;
  async function* source(last: () => unknown): AsyncGenerator<Uint8Array> {
    try {
      yield big.subarray(0, 50_000);
      yield last() as Uint8Array;
      yield big.subarray(0, 10);
    } finally {
      ended++;
    }
  }
  const cause = Object.assign(new Error('secret of the source'), { code: 'ECONNRESET' });
  const failing = (): never => {
    throw cause;
  };
  await expect(cache.setStream('k', source(failing))).rejects.toMatchObject({
    code: 'ERR_VALUE',
    outcome: 'not-applied',
    message: expect.not.stringContaining('secret'),
    cause,
  });
  await expect(
    cache.setStream(
      'k',
      source(() => 'text'),
    ),
  ).rejects.toMatchObject({
    code: 'ERR_VALUE',
    message: expect.stringMatching(/chunk 1 is a string of 4 characters/),
  });
  await expect(
    cache.setStream(
      'k',
      source(() => big.subarray(0, 60_000)),
    ),
  ).rejects.toMatchObject({
    code: 'ERR_VALUE_TOO_LARGE',
  });
  await expect(cache.setStream('k', 'text' as never)).rejects.toMatchObject({ code: 'ERR_VALUE' });
  await turn();
  expect(ended).toBe(3);
  expect(await cache.get('k')).toBe('before');
});

it('many streams with one signal put one listener on it, and leave none', async () => {
  await using cache = create();
  const stop = new AbortController();
  let open = (): void => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  const stored = Array.from({ length: 100 }, (_, n) => {
    const late = async function* (): AsyncGenerator<Uint8Array> {
      await opened;
      yield Uint8Array.of(n);
    };
    return cache.setStream(`s${n}`, late(), { signal: stop.signal });
  });
  await turn();
  expect(getEventListeners(stop.signal, 'abort')).toHaveLength(1);
  open();
  await Promise.all(stored);
  expect(await cache.get('s99')).toEqual(Buffer.of(99));
  expect(getEventListeners(stop.signal, 'abort')).toHaveLength(0);
});

it('an abort does not wait for a source that hangs', async () => {
  await using cache = create();
  let cancelled = false;
  const hanging = new ReadableStream<Uint8Array>({
    pull: () => new Promise(() => {}),
    cancel() {
      cancelled = true;
    },
  });
  const stop = new AbortController();
  const stored = cache.setStream('hang', hanging, { signal: stop.signal });
  const cause = new Error('the request was closed');
  setTimeout(() => stop.abort(cause), 20);
  await expect(stored).rejects.toMatchObject({ code: 'ERR_ABORTED', outcome: 'not-applied', cause });
  await turn();
  expect(cancelled).toBe(true);
  const silent = new Readable({ read() {} });
  const given = cache.setStream('hang', silent, { signal: AbortSignal.timeout(20) });
  await expect(given).rejects.toMatchObject({ code: 'ERR_ABORTED' });
  expect(silent.destroyed).toBe(true);
  expect(await cache.exists('hang')).toBe(false);
  expect(cache.stats().errors.ERR_ABORTED).toBe(2);
});

/** A source that hands out a chunk, and ends when it is told to. */
function gated(): { source: AsyncGenerator<Uint8Array>; finish: () => void; ended: () => boolean } {
  let finish = (): void => {};
  let ended = false;
  const gate = new Promise<void>((resolve) => {
    finish = resolve;
  });
  async function* chunks(): AsyncGenerator<Uint8Array> {
    try {
      yield big;
      await gate;
    } finally {
      ended = true;
    }
  }
  return { source: chunks(), finish, ended: () => ended };
}

it('close waits for a stream that was given before it, also that of a view, and what it brings is stored', async () => {
  const cache = create();
  await using other = create();
  const view = cache.withPrefix('view:');
  const [first, second] = [gated(), gated()];
  const calls = [cache.setStream('late', first.source), view.setStream('late', second.source)];
  const order: string[] = [];
  calls[0]?.then(() => order.push('origin'));
  calls[1]?.then(() => order.push('view'));
  const closing = cache.close().then(() => order.push('closed'));
  await expect(cache.setStream('later', [big])).rejects.toMatchObject({ code: 'ERR_CLOSED' });
  setTimeout(second.finish, 30);
  setTimeout(first.finish, 60);
  await Promise.all([closing, ...calls]);
  expect(order).toEqual(['view', 'origin', 'closed']);
  for (const key of ['late', 'view:late']) expect(big.equals((await other.get(key)) as Buffer)).toBe(true);
});

it('the end of a view waits for its own streams, and for no other', async () => {
  await using cache = create({ timeoutMs: 5_000 });
  const view = cache.withPrefix('own:');
  const [mine, others] = [gated(), gated()];
  const stored = view.setStream('k', mine.source);
  const stays = cache.setStream('own:other', others.source);
  let closed = false;
  const closing = view.close().then(() => {
    closed = true;
  });
  await turn();
  expect(closed).toBe(false);
  mine.finish();
  await Promise.all([closing, stored]);
  expect(others.ended()).toBe(false);
  others.finish();
  await stays;
  expect(await cache.exists('own:k')).toBe(true);
});

it.each(['origin', 'view'])(
  'a source that stalls holds the end of its %s no longer than timeoutMs, and is told to end',
  async (who) => {
    await using origin = create({ timeoutMs: 400 });
    const cache = who === 'view' ? origin.withPrefix('v:') : origin;
    await origin.set('warm', 1);
    let cancelled = false;
    const stalling = new ReadableStream<Uint8Array>({
      pull: () => new Promise(() => {}),
      cancel() {
        cancelled = true;
      },
    });
    const stored = cache.setStream('stalls', stalling);
    const faster = cache.setStream('faster', new Readable({ read() {} }), { timeoutMs: 100 });
    const began = performance.now();
    const closing = cache.close();
    await expect(faster).rejects.toMatchObject({
      code: 'ERR_CLOSED',
      message: expect.stringMatching(/within 100 ms/),
    });
    await expect(stored).rejects.toMatchObject({ code: 'ERR_CLOSED', outcome: 'not-applied' });
    await closing;
    const took = performance.now() - began;
    expect(took).toBeGreaterThan(350);
    expect(took).toBeLessThan(1_500);
    expect(cancelled).toBe(true);
  },
);

it('a source that was read to its end before is refused, and so is one that another reader has', async () => {
  await using cache = create();
  await cache.set('k', 'before');
  const node = Readable.from(chunksOf(big, 1_000_000));
  for await (const _ of node);
  const web = new Blob([big]).stream();
  for await (const _ of web);
  const held = new Blob([big]).stream();
  held.getReader();
  const response = new Response(big);
  await response.arrayBuffer();
  await turn();
  for (const source of [node, web, held, response.body]) {
    const refused = {
      code: 'ERR_VALUE',
      outcome: 'not-applied',
      message: expect.stringMatching(/read to its end|another reader/),
    };
    await expect(cache.setStream('k', source as never)).rejects.toMatchObject(refused);
  }
  expect(await cache.get('k')).toBe('before');
});

it('what is left of a source whose beginning was read is stored, and an empty one is empty', async () => {
  await using cache = create();
  const node = Readable.from(chunksOf(big, 1_000_000));
  await new Promise((resolve) => node.once('readable', resolve));
  node.read();
  await cache.setStream('rest', node);
  expect(big.subarray(1_000_000).equals((await cache.get('rest')) as Buffer)).toBe(true);
  const ended = Readable.from([]).resume();
  await new Promise((resolve) => ended.once('end', resolve));
  for (const empty of [Readable.from([]), ended, new Blob([]).stream()]) {
    await cache.setStream('empty', empty);
    expect(await cache.get('empty')).toEqual(Buffer.alloc(0));
  }
});

it('a chunk whose bytes were transferred away is refused', async () => {
  await using cache = create();
  const chunk = new Uint8Array(10);
  structuredClone(chunk.buffer, { transfer: [chunk.buffer] });
  const refused = { code: 'ERR_VALUE', message: expect.stringMatching(/chunk 1 is detached/) };
  await expect(cache.setStream('detached', [Buffer.of(1), chunk])).rejects.toMatchObject(refused);
  expect(await cache.exists('detached')).toBe(false);
});

it('bytes that were transferred away are refused, by set and by setBytes', async () => {
  await using cache = create();
  await cache.set('kept', 'before');
  const refused = { code: 'ERR_VALUE', message: expect.stringMatching(/detached/) };
  for (const [, value] of DETACHED) await expect(cache.set('kept', value)).rejects.toMatchObject(refused);
  for (const [, value] of DETACHED.slice(0, 3))
    await expect(cache.setBytes('kept', value as Uint8Array)).rejects.toMatchObject(refused);
  expect(await cache.get('kept')).toBe('before');
});

/** Newer than the library that the types are of. */
interface Resizable extends ArrayBuffer {
  resize(bytes: number): void;
}

it('bytes that are transferred away, or grow fewer, while they are stored are ERR_VALUE, and nothing was sent', async () => {
  await using cache = create();
  await cache.set('kept', 'before');
  const store = {
    set: (bytes: Uint8Array) => cache.set('kept', bytes),
    setBytes: (bytes: Uint8Array) => cache.setBytes('kept', bytes),
  };
  for (const stored of Object.values(store)) {
    for (const take of [
      (buffer: Resizable) => structuredClone(buffer, { transfer: [buffer] }),
      (buffer: Resizable) => buffer.resize(1_000),
    ]) {
      const buffer: Resizable = Reflect.construct(ArrayBuffer, [20_000_000, { maxByteLength: 20_000_000 }]);
      const outcome = stored(new Uint8Array(buffer, 0, buffer.byteLength));
      take(buffer);
      await expect(outcome).rejects.toMatchObject({
        code: 'ERR_VALUE',
        message: expect.stringContaining('changed while it was read'),
        outcome: 'not-applied',
      });
    }
  }
  expect(await cache.get('kept')).toBe('before');
});

it.each(['auto', 'graph', 'json', 'cbor', 'raw'])(
  'a value that throws when it is read is ERR_VALUE, nothing was sent, and what it threw is not told: codec %s',
  async (codec) => {
    await using cache = create({ codec });
    await using always = create({ codec, offload: { encode: 'always' } });
    for (const [, value] of THROWING) {
      const message = expect.not.stringContaining('secret');
      const refused = { name: 'OffloopError', code: 'ERR_VALUE', outcome: 'not-applied', message };
      await expect(cache.set('k', value)).rejects.toMatchObject(refused);
      await expect(always.set('k', value)).rejects.toMatchObject(refused);
    }
  },
);

describe('a source that is not read is told to end', () => {
  const refusals: [string, Record<string, unknown>][] = [
    ['ERR_ABORTED', { signal: AbortSignal.abort() }],
    ['ERR_TTL', { ttl: 0 }],
    ['ERR_OPTION', { contentType: 7 }],
    ['ERR_KEY', { key: '' }],
    ['ERR_CLOSED', { closed: true }],
  ];
  it.each(refusals)('%s', async (code, { key = 'k', closed, ...options }) => {
    await using cache = create();
    if (closed) await cache.close();
    let ended = 0;
    const cancel = (): void => {
      ended++;
    };
    const node = new Readable({ read() {} });
    const web = new ReadableStream<Uint8Array>({ cancel });
    const other = { [Symbol.iterator]: () => ({ next: () => ({ done: true, value: big }), return: cancel }) };
    for (const source of [node, web, other, 'no source', []]) {
      await expect(cache.setStream(key as string, source as never, options)).rejects.toMatchObject({ code });
    }
    expect(node.destroyed).toBe(true);
    expect(ended).toBe(2);
  });
});

it.each([[''], ['a\nb'], ['ü'], ['x'.repeat(256)], [7]])(
  'the content type %j is ERR_OPTION',
  async (contentType) => {
    await using cache = create();
    const options = { contentType } as never;
    await expect(cache.setBytes('k', big, options)).rejects.toMatchObject({ code: 'ERR_OPTION' });
    await expect(cache.setStream('k', [], options)).rejects.toMatchObject({ code: 'ERR_OPTION' });
  },
);

it('a Node stream that is refused unread may fail later: nobody else is told, and the process goes on', async () => {
  const cache = create();
  const file = () => createReadStream('/nowhere/at/all');
  const aborted = { signal: AbortSignal.abort() };
  await expect(cache.setStream('k', file(), aborted)).rejects.toMatchObject({ code: 'ERR_ABORTED' });
  await expect(cache.setStream('k', file(), { ttl: -1 })).rejects.toMatchObject({ code: 'ERR_TTL' });
  const failing = new Readable({ destroy: (_, done) => done(new Error('it cannot end')) });
  await expect(cache.setStream('', failing)).rejects.toMatchObject({ code: 'ERR_KEY' });
  await cache.close();
  await expect(cache.setStream('k', file())).rejects.toMatchObject({ code: 'ERR_CLOSED' });
  // The runner fails where an error is emitted that nobody hears.
  await sleep(50);
});

it('chunks that have been taken in are not kept', async () => {
  await using cache = create();
  let dead = 0;
  const registry = new FinalizationRegistry(() => dead++);
  async function* source(): AsyncGenerator<Uint8Array> {
    for (let chunk = 0; chunk < 400; chunk++) {
      const bytes = new Uint8Array(100);
      registry.register(bytes, chunk);
      yield bytes;
    }
    collect();
    await sleep(20);
    expect(dead).toBeGreaterThan(350);
  }
  await cache.setStream('k', source());
  expect(await cache.get('k')).toHaveLength(40_000);
});

it.each<[string, () => Iterable<Uint8Array> | AsyncIterable<Uint8Array>]>([
  ['an array', () => Array.from({ length: 400 }, () => new Uint8Array(131_072))],
  ['one long chunk', () => [new Uint8Array(50e6)]],
  [
    'a generator of short chunks',
    async function* () {
      for (let index = 0; index < 150_000; index++) yield Uint8Array.of(1, 2, 3, 4);
    },
  ],
])('%s leaves the event loop its turns while it is taken in', async (_, source) => {
  await using cache = create();
  const given = source();
  let turns = 0;
  let isOver = false;
  const count = (): void => {
    turns++;
    if (!isOver) setTimeout(count, 0);
  };
  count();
  const stop = new AbortController();
  const stored = cache.setStream('k', given, { signal: stop.signal });
  while (turns < 4) await turn();
  // It is still being taken in, or else the signal would come too late.
  stop.abort();
  isOver = true;
  await expect(stored).rejects.toMatchObject({ code: 'ERR_ABORTED', outcome: 'not-applied' });
});

it('a signal ends an endless source of empty chunks', async () => {
  await using cache = create();
  async function* source(): AsyncGenerator<Uint8Array> {
    for (;;) yield new Uint8Array(0);
  }
  const stored = cache.setStream('k', source(), { signal: AbortSignal.timeout(50) });
  await expect(stored).rejects.toMatchObject({ code: 'ERR_ABORTED' });
});

it('an error of a synchronous source is the cause, and one of its end hides nothing', async () => {
  await using cache = create();
  const broken = new Error('its own');
  const failing = (): Iterable<Uint8Array> => ({
    [Symbol.iterator]: () => ({
      next: () => {
        throw broken;
      },
    }),
  });
  await expect(cache.setStream('k', failing())).rejects.toMatchObject({ code: 'ERR_VALUE', cause: broken });
  const endless = (value: unknown): Iterable<Uint8Array> => ({
    [Symbol.iterator]: () => ({
      next: () => ({ done: false, value: value as Uint8Array }),
      return: () => {
        throw broken;
      },
    }),
  });
  const message = expect.stringContaining('chunk 0 is a string');
  await expect(cache.setStream('k', endless('text'))).rejects.toMatchObject({ code: 'ERR_VALUE', message });
  const signal = AbortSignal.timeout(30);
  await expect(cache.setStream('k', endless(new Uint8Array(1)), { signal })).rejects.toMatchObject({
    code: 'ERR_ABORTED',
  });
});

it('a chunk that is transferred away while it is taken in is refused', async () => {
  await using cache = create();
  const chunk = new Uint8Array(30e6);
  const stored = cache.setStream('k', [chunk]);
  await turn();
  structuredClone(chunk.buffer, { transfer: [chunk.buffer] });
  await expect(stored).rejects.toMatchObject({ code: 'ERR_VALUE', outcome: 'not-applied' });
});
