import assert from 'node:assert/strict';
import { refused } from './assertions.js';
/** What a caller must not be able to do: change what is stored from outside, or store what is none. */
export const refusalChecks = {
    'a value is isolated from its caller: neither what was set nor what was got is shared': async (backend) => {
        const value = { list: [1, 2], inner: { name: 'first' } };
        await backend.set('k', value);
        value.list.push(3);
        value.inner.name = 'changed';
        const expected = { list: [1, 2], inner: { name: 'first' } };
        const got = await backend.get('k');
        assert.deepStrictEqual(got, expected);
        got?.list.push(4);
        if (got)
            got.inner.name = 'changed again';
        assert.deepStrictEqual(await backend.get('k'), expected);
    },
    'a bad key is ERR_KEY, in every method': async (backend) => {
        for (const bad of ['', 'lone \ud83d surrogate', undefined, null, 5, {}, ['a'], Symbol('k')]) {
            await refused(() => backend.get(bad), 'ERR_KEY');
            await refused(() => backend.set(bad, 1), 'ERR_KEY');
            await refused(() => backend.delete(bad), 'ERR_KEY');
            await refused(() => backend.exists(bad), 'ERR_KEY');
        }
    },
    'a bad ttl is ERR_TTL, and stores nothing': async (backend) => {
        for (const ttl of [
            0,
            -0,
            -1,
            Number.NaN,
            Infinity,
            -Infinity,
            3_153_600_001,
            '60',
            null,
            5n,
            {},
        ]) {
            await refused(() => backend.set('k', 'a value', { ttl }), 'ERR_TTL');
            assert.equal(await backend.exists('k'), false);
        }
    },
    'undefined, a function and a symbol are ERR_VALUE, and the earlier value stays': async (backend) => {
        await backend.set('k', 'earlier');
        for (const value of [undefined, () => 1, Symbol('v')]) {
            await refused(() => backend.set('k', value), 'ERR_VALUE');
            assert.equal(await backend.get('k'), 'earlier');
        }
    },
    'an error does not carry the value': async (backend) => {
        const error = await refused(() => backend.set('k', { password: 'hunter2' }, { ttl: -1 }), 'ERR_TTL');
        assert.ok(!`${error.stack} ${JSON.stringify(error)}`.includes('hunter2'));
    },
};
