import * as v from 'valibot';
import { describe, expect, expectTypeOf, it } from 'vitest';
import * as z from 'zod';
import { CacheManager, InMemoryBackend, type StandardSchema, type TypedCache } from '../../dist/index.js';

const failing = (code: string, message: string) =>
  expect.objectContaining({ name: 'OffloopError', code, message: expect.stringContaining(message) });

interface User {
  readonly id: number;
  readonly name: string;
}

/** Written by hand, and slow to answer. */
const byHand: StandardSchema<User> = {
  '~standard': {
    version: 1,
    vendor: 'test',
    validate: async (value) => {
      const { id, name } = (value ?? {}) as Partial<User>;
      if (typeof id !== 'number')
        return { issues: [{ message: `not ${String(id)}`, path: [{ key: 'id' }] }] };
      return typeof name === 'string'
        ? { value: { id, name } }
        : { issues: [{ message: 'no name', path: ['name'] }] };
    },
  },
};
const SCHEMAS: readonly { name: string; schema: StandardSchema<User> }[] = [
  { name: 'Zod', schema: z.object({ id: z.number(), name: z.string() }) },
  { name: 'Valibot', schema: v.object({ id: v.number(), name: v.string() }) },
  { name: 'one by hand', schema: byHand },
];
const ada = { id: 1, name: 'Ada' };

describe.each(SCHEMAS)('a schema of $name', ({ schema }) => {
  it('what passes is stored and given', async () => {
    const users = new CacheManager({ backend: new InMemoryBackend() }).schema(schema);
    await users.set('u', ada, { ttl: 60 });
    expect(await users.get('u')).toEqual(ada);
    expect(await users.exists('u')).toBe(true);
    expect(await users.getOrSet('u', () => ({ id: 2, name: 'Bob' }))).toEqual(ada);
    expect(await users.delete('u')).toBe(true);
    expect(await users.get('u')).toBeUndefined();
    expect(users.stats()).toEqual({ invalid: 0 });
  });

  it('what does not pass is neither stored nor given: a miss, and counted', async () => {
    const cache = new CacheManager({ backend: new InMemoryBackend() });
    const users = cache.schema(schema);
    const secret = { id: 'secret', name: 'Ada' } as unknown as User;
    const refusal = failing('ERR_VALUE', '"u": the value does not pass the schema at value.id');
    await expect(users.set('u', secret)).rejects.toEqual(refusal);
    await expect(users.set('u', secret)).rejects.not.toThrow(/secret/);
    await expect(users.getOrSet('u', () => secret)).rejects.toEqual(refusal);
    expect(await cache.exists('u')).toBe(false);
    await cache.set('u', { id: 1 });
    expect(await users.get('u')).toBeUndefined();
    expect(users.stats()).toEqual({ invalid: 1 });
    let calls = 0;
    const make = () => {
      calls += 1;
      return ada;
    };
    const all = await Promise.all(Array.from({ length: 20 }, () => users.getOrSet('u', make)));
    expect(all).toEqual(Array(20).fill(ada));
    expect(calls).toBe(1);
    expect(await cache.get('u')).toEqual(ada);
  });

  it('a version has keys of its own: old and new processes work side by side', async () => {
    const cache = new CacheManager({ backend: new InMemoryBackend() });
    const [one, two] = [cache.schema(schema, { version: '1' }), cache.schema(schema, { version: '2' })];
    await cache.set('u', 'none');
    await one.set('u', ada, { tags: ['users'] });
    expect(await two.get('u')).toBeUndefined();
    await two.set('u', { ...ada, name: 'Bob' }, { tags: ['users'] });
    expect([await one.get('u'), await two.get('u'), await cache.get('u')]).toEqual([
      ada,
      { ...ada, name: 'Bob' },
      'none',
    ]);
    expect(await cache.schema(schema, { version: '2' }).get('u')).toEqual({ ...ada, name: 'Bob' });
    // Tags are those of the manager.
    await cache.invalidate('users');
    expect([await one.get('u'), await two.get('u'), await cache.get('u')]).toEqual([
      undefined,
      undefined,
      'none',
    ]);
    await one.set('u', ada);
    await cache.clear();
    expect(await one.get('u')).toBeUndefined();
  });
});

describe('schema', () => {
  it('what is stored is what was given; defaults and transformations come with each read', async () => {
    const cache = new CacheManager({ backend: new InMemoryBackend() });
    const schema = z.object({
      at: z.string().transform((text) => new Date(text)),
      tries: z.number().default(3),
    });
    const jobs = cache.schema(schema);
    await jobs.set('j', { at: '2024-01-02' });
    expect(await cache.get('j')).toEqual({ at: '2024-01-02' });
    expect(await jobs.get('j')).toEqual({ at: new Date('2024-01-02'), tries: 3 });
    expect(await jobs.getOrSet('k', () => ({ at: '2024-01-03' }))).toEqual({
      at: new Date('2024-01-03'),
      tries: 3,
    });
  });

  it('a schema that throws lets nothing pass, and tells nothing of the value', async () => {
    const throwing: StandardSchema<string> = {
      '~standard': {
        version: 1,
        vendor: 'test',
        validate: (value) => {
          throw new Error(String(value));
        },
      },
    };
    const cache = new CacheManager({ backend: new InMemoryBackend() });
    await cache.set('k', 'secret');
    const typed = cache.schema(throwing);
    expect(await typed.get('k')).toBeUndefined();
    await expect(typed.set('k', 'secret')).rejects.toEqual(failing('ERR_VALUE', 'at value'));
    await expect(typed.set('k', 'secret')).rejects.not.toThrow(/secret/);
  });

  it.each([undefined, null, {}, { '~standard': {} }, 'schema'])('%j is ERR_OPTION', (schema) => {
    const cache = new CacheManager({ backend: new InMemoryBackend() });
    expect(() => cache.schema(schema as unknown as StandardSchema)).toThrow(
      failing('ERR_OPTION', 'Standard Schema'),
    );
  });

  it.each([{ version: '' }, { version: 1 }, { version: '\ud83d' }, { versions: '1' }, null])(
    '%j is ERR_OPTION',
    (options) => {
      const cache = new CacheManager({ backend: new InMemoryBackend() });
      expect(() => cache.schema(z.string(), options as object)).toThrow(failing('ERR_OPTION', 'schema: '));
    },
  );

  it('the types flow from the schema', () => {
    const cache = new CacheManager({ backend: new InMemoryBackend() });
    const jobs = cache.schema(z.object({ at: z.string().transform((text) => new Date(text)) }));
    expectTypeOf(jobs).toEqualTypeOf<TypedCache<{ at: string }, { at: Date }>>();
    expectTypeOf(jobs.get).returns.resolves.toEqualTypeOf<{ at: Date } | undefined>();
    expectTypeOf(jobs.getOrSet).returns.resolves.toEqualTypeOf<{ at: Date }>();
    expectTypeOf(jobs.set).parameter(1).toEqualTypeOf<{ at: string }>();
    const names = cache.schema(v.array(v.string()), { version: '1' });
    expectTypeOf(names.get).returns.resolves.toEqualTypeOf<string[] | undefined>();
    expectTypeOf(cache.schema(byHand).get).returns.resolves.toEqualTypeOf<User | undefined>();
  });
});

it('a schema may make undefined of a value, and something of what is not there', async () => {
  const cache = new CacheManager({ backend: new InMemoryBackend() });
  const optional = cache.schema(
    z
      .string()
      .nullable()
      .transform((text) => text ?? undefined),
  );
  let calls = 0;
  const none = (): null => {
    calls += 1;
    return null;
  };
  for (let call = 0; call < 3; call += 1)
    expect(await optional.getOrSet('k', none, { ttl: 60 })).toBeUndefined();
  expect(calls).toBe(1);
  expect(optional.stats()).toEqual({ invalid: 0 });
  const withDefault = cache.schema(z.string().default('none'));
  const got: string = await withDefault.getOrSet('q', () => undefined);
  expect(got).toBe('none');
  expect(await cache.exists('q')).toBe(false);
  const strict = cache.schema(z.string());
  expect(await strict.getOrSet('q', () => undefined as unknown as string)).toBeUndefined();
});
