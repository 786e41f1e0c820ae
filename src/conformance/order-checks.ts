import assert from 'node:assert/strict';
import { isPrefixed } from '../backends/prefix-view.js';
import { type Checks, refused } from './assertions.js';

/** Operations at the same time, their order, and the end of a backend. */
export const orderChecks: Checks = {
  'many operations at once each get their own answer': async (backend) => {
    const keys = Array.from({ length: 500 }, (_, index) => `many:${index}`);
    await Promise.all(keys.map((key) => backend.set(key, { key })));
    const answers = await Promise.all(
      keys.flatMap((key) => [backend.get(key), backend.exists(key), backend.delete(key)]),
    );
    assert.deepStrictEqual(
      answers,
      keys.flatMap((key) => [{ key }, true, true]),
    );
  },
  'operations on one key take effect in the order of the calls, not awaited, whatever the size': async (
    backend,
  ) => {
    const large = 'x'.repeat(300_000);
    for (let round = 0; round < 5; round += 1) {
      const answers = await Promise.all([
        backend.set('k', large),
        backend.set('k', round),
        backend.get('k'),
        backend.set('k', large),
        backend.get('k'),
        backend.delete('k'),
        backend.exists('k'),
        backend.get('k'),
        backend.set('k', 'last'),
        backend.set('other', large),
        backend.get('k'),
        backend.get('other'),
      ]);
      const expected = [
        undefined,
        round,
        undefined,
        large,
        true,
        false,
        undefined,
        undefined,
        undefined,
        'last',
        large,
      ];
      assert.deepStrictEqual(answers, [undefined, ...expected]);
    }
  },
  'clear comes after what was called before it, and before what was called after it': async (backend) => {
    const large = 'x'.repeat(300_000);
    const answers = await Promise.all([
      backend.set('a', 1),
      backend.set('b', large),
      backend.clear(),
      backend.get('a'),
      backend.get('b'),
      backend.set('b', 'after'),
      backend.get('b'),
    ]);
    assert.deepStrictEqual(answers, [undefined, undefined, 2, undefined, undefined, undefined, 'after']);
  },
  'close lets what was called before it finish': async (backend) => {
    await backend.set('k', 1);
    const pending = Promise.all([
      backend.set('k', 'x'.repeat(300_000)),
      backend.set('k', 2),
      backend.get('k'),
    ]);
    await Promise.all([backend.close(), pending]);
    assert.equal((await pending)[2], 2);
  },
  'closing twice, also at the same time, is harmless': async (backend) => {
    await Promise.all([backend.close(), backend.close()]);
    await backend.close();
  },
  'use after close is ERR_CLOSED': async (backend) => {
    await backend.set('k', 1);
    await backend.close();
    await refused(() => backend.get('k'), 'ERR_CLOSED');
    await refused(() => backend.set('k', 1), 'ERR_CLOSED');
    await refused(() => backend.delete('k'), 'ERR_CLOSED');
    await refused(() => backend.exists('k'), 'ERR_CLOSED');
    await refused(() => backend.clear(), 'ERR_CLOSED');
  },
  'a view, where it gives any, ends alone, whatever its prefix': async (backend) => {
    if (!isPrefixed(backend)) return;
    for (const prefix of ['', 'v:']) {
      const view = backend.withPrefix(prefix);
      await view.set('k', prefix);
      await view.close();
      await refused(() => view.get('k'), 'ERR_CLOSED');
      await refused(() => view.clear(), 'ERR_CLOSED');
      assert.equal(await backend.get(`${prefix}k`), prefix);
    }
  },
  'await using closes it': async (backend) => {
    {
      await using scoped = backend;
      await scoped.set('k', 1);
    }
    await refused(() => backend.get('k'), 'ERR_CLOSED');
  },
};
