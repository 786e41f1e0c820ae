import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { SetOptions } from '../../dist/backends/cache-backend.js';
import { InMemoryBackend } from '../../dist/backends/memory.js';
import { CacheManager } from '../../dist/manager/cache-manager.js';
import { CacheKeyBuilder } from '../../dist/manager/key-builder.js';
import { TtlPolicy } from '../../dist/manager/ttl-policy.js';

/** Notes the options that reach it. */
class Noting extends InMemoryBackend {
  readonly noted: (SetOptions | undefined)[] = [];
  override set(key: string, value: unknown, options?: SetOptions): Promise<void> {
    this.noted.push(options);
    return super.set(key, value, options);
  }
}

const failing = (code: string, message: string) =>
  expect.objectContaining({ name: 'OffloopError', code, message: expect.stringContaining(message) });

describe('CacheManager', () => {
  it('works as the documented example', async () => {
    const keyBuilder = new CacheKeyBuilder({ namespace: 'prod' });
    const ttlPolicy = new TtlPolicy();
    const manager = new CacheManager({ backend: new InMemoryBackend(), keyBuilder, ttlPolicy });
    expect([manager.keyBuilder, manager.ttlPolicy]).toEqual([keyBuilder, ttlPolicy]);
    await manager.set('llm:response:hash', Buffer.from('cached output'), { ttl: 3600 });
    expect(await manager.get('llm:response:hash')).toEqual(Buffer.from('cached output'));
    expect(await manager.exists('llm:response:hash')).toBe(true);
    expect(await manager.delete('llm:response:hash')).toBe(true);
    expect(await manager.get('llm:response:hash')).toBeUndefined();
    const key = manager.keyBuilder.build('response', 'hello');
    await manager.set(key, null);
    expect(await manager.get(key)).toBeNull();
    expect(await manager.clear()).toBe(1);
    await manager.close();
    await manager.close();
    await expect(manager.get(key)).rejects.toEqual(failing('ERR_CLOSED', 'closed'));
  });

  it('keys are used as given', async () => {
    const backend = new InMemoryBackend();
    const manager = new CacheManager({ backend });
    await manager.set('plain key', 1);
    expect(await backend.get('plain key')).toBe(1);
  });

  it("the ttl is the call's, else the type's, else the default; the type is response unless told", async () => {
    const backend = new Noting();
    const ttlPolicy = new TtlPolicy({ default: 50, byType: { response: 10, embedding: 20 } });
    const manager = new CacheManager({ backend, ttlPolicy });
    await manager.set('k', 1);
    await manager.set('k', 1, { type: 'embedding' });
    await manager.set('k', 1, { type: 'other' });
    await manager.set('k', 1, { type: 'embedding', ttl: 0.5 });
    await manager.set('k', 1, { ttl: undefined, type: undefined });
    expect(backend.noted.map((options) => options?.ttl)).toEqual([10, 20, 50, 0.5, 10]);
  });

  it('Infinity means for ever, in the call and in the policy', async () => {
    const backend = new Noting();
    const ttlPolicy = new TtlPolicy({ default: Infinity, byType: { response: 0.02 } });
    const manager = new CacheManager({ backend, ttlPolicy });
    await manager.set('call', 1, { ttl: Infinity });
    await manager.set('policy', 1, { type: 'other' });
    await manager.set('neither', 1);
    await sleep(40);
    expect(await Promise.all(['call', 'policy', 'neither'].map((key) => manager.get(key)))).toEqual([
      1,
      1,
      undefined,
    ]);
    expect(backend.noted.map((options) => options?.ttl)).toEqual([undefined, undefined, 0.02]);
  });

  it.each([0, -1, Number.NaN, -Infinity, '60', null])('a ttl of %j is ERR_TTL', async (ttl) => {
    const manager = new CacheManager({ backend: new InMemoryBackend() });
    await expect(manager.set('k', 1, { ttl: ttl as number })).rejects.toEqual(failing('ERR_TTL', 'received'));
  });

  it.each([
    [{ tag: 'a' }, 'set: unknown option "tag"; known: ttl, type, tags'],
    [{ tags: 'a' }, 'set: tags must be an array, received a string'],
    [{ tags: [''] }, 'set: a tag must be a non-empty, well-formed string, received an empty string'],
    [{ tags: ['\ud83d'] }, 'received a lone surrogate'],
    [{ type: '' }, 'set: type must be a non-empty string, received an empty string'],
    [{ type: 5 }, 'received 5 (number)'],
    [null, 'set: options must be an object, received null'],
  ])('set with %o is ERR_OPTION, and stores nothing', async (options, message) => {
    const manager = new CacheManager({ backend: new InMemoryBackend() });
    await expect(manager.set('k', 1, options as object)).rejects.toEqual(failing('ERR_OPTION', message));
    expect(await manager.exists('k')).toBe(false);
  });

  it('a call that takes no options refuses what it is given, of a typed cache too, and does nothing', async () => {
    const manager = new CacheManager({ backend: new InMemoryBackend() });
    await manager.set('k', 1, { tags: ['k'] });
    const typed = manager.schema(z.number());
    const calls = [
      ...(['get', 'delete', 'exists', 'invalidate'] as const).map((name) => [manager, name] as const),
      ...(['get', 'delete', 'exists'] as const).map((name) => [typed, name] as const),
    ];
    for (const [of, name] of calls)
      await expect(Reflect.apply(Reflect.get(of, name), of, ['k', { signal: 1 }])).rejects.toEqual(
        failing('ERR_OPTION', `${name} takes no options, received an object`),
      );
    await expect(Reflect.apply(manager.reclaim, manager, [{}])).rejects.toEqual(
      failing('ERR_OPTION', 'reclaim takes no options, received an object'),
    );
    expect(await typed.get('k', undefined)).toBe(1);
  });

  it.each([
    [{}, 'backend must have a method get(), received undefined'],
    [{ backend: {} }, 'backend must have a method get(), received an object'],
    [{ backend: new InMemoryBackend(), ttlPolicy: { ttl: 5 } }, 'ttlPolicy must have a method ttlFor()'],
    [
      { backend: new InMemoryBackend(), keyBuilder: 'a' },
      'keyBuilder must have a method build(), received a string',
    ],
    [
      { backend: new InMemoryBackend(), tiers: [] },
      'CacheManager: unknown option "tiers"; known: backend, keyBuilder',
    ],
    [undefined, 'CacheManager: options must be an object, received undefined'],
  ])('a manager of %o is ERR_OPTION', (options, message) => {
    expect(() => new CacheManager(options as ConstructorParameters<typeof CacheManager>[0])).toThrow(
      failing('ERR_OPTION', message),
    );
  });

  it('operations take effect in the order of the calls, not awaited', async () => {
    const manager = new CacheManager({ backend: new InMemoryBackend() });
    const answers = await Promise.all([
      manager.set('k', 1),
      manager.set('k', 2),
      manager.get('k'),
      manager.clear(),
      manager.exists('k'),
      manager.set('k', 3),
      manager.get('k'),
    ]);
    expect(answers).toEqual([undefined, undefined, 2, 1, false, undefined, 3]);
  });

  it('await using closes the backend', async () => {
    const backend = new InMemoryBackend();
    {
      await using manager = new CacheManager({ backend });
      await manager.set('k', 1);
    }
    await expect(backend.get('k')).rejects.toEqual(failing('ERR_CLOSED', 'closed'));
  });
});
