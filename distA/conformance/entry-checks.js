import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { expiresAfter } from './assertions.js';
import { KEYS } from './samples.js';
/** Keys, misses, deletes, clears and TTLs. */
export const entryChecks = {
    'a missing key is a miss: get is undefined, exists and delete are false': async (backend) => {
        assert.equal(await backend.get('missing'), undefined);
        assert.equal(await backend.exists('missing'), false);
        assert.equal(await backend.delete('missing'), false);
    },
    'delete removes one key, and is true only where it was there': async (backend) => {
        await Promise.all([backend.set('a', 1), backend.set('b', 2)]);
        assert.equal(await backend.delete('a'), true);
        assert.equal(await backend.get('a'), undefined);
        assert.equal(await backend.exists('a'), false);
        assert.equal(await backend.delete('a'), false);
        assert.equal(await backend.get('b'), 2);
    },
    'set replaces the earlier value, whatever its type': async (backend) => {
        for (const value of [{ a: 1 }, 'text', [1], null, 5]) {
            assert.equal(await backend.set('k', value), undefined);
            assert.deepStrictEqual(await backend.get('k'), value);
        }
    },
    'clear empties the backend and counts what went': async (backend) => {
        assert.equal(await backend.clear(), 0);
        const keys = Array.from({ length: 250 }, (_, index) => `key ${index}`);
        await Promise.all(keys.map((key) => backend.set(key, key)));
        await backend.delete('key 0');
        assert.equal(await backend.clear(), 249);
        assert.deepStrictEqual(await Promise.all(keys.map((key) => backend.exists(key))), keys.map(() => false));
        await backend.set('key 1', 'again');
        assert.equal(await backend.get('key 1'), 'again');
        assert.equal(await backend.clear(), 1);
    },
    'a value expires after its ttl in seconds, not before, fractions included': async (backend) => {
        await Promise.all([
            expiresAfter(backend, 'a', 0.15),
            expiresAfter(backend, 'b', 0.4),
            expiresAfter(backend, 'c', 1.2),
        ]);
        assert.equal(await backend.exists('a'), false);
        assert.equal(await backend.delete('b'), false);
        assert.equal(await backend.clear(), 0);
    },
    'the shortest ttl is no ttl of 0: it is accepted, and expires': async (backend) => {
        await backend.set('k', 1, { ttl: 0.0001 });
        await sleep(50);
        assert.equal(await backend.get('k'), undefined);
    },
    'no ttl, and a ttl of 100 years, mean no expiry': async (backend) => {
        await backend.set('none', 1);
        await backend.set('undefined', 1, { ttl: undefined });
        await backend.set('century', 1, { ttl: 3_153_600_000 });
        await sleep(100);
        for (const key of ['none', 'undefined', 'century'])
            assert.equal(await backend.get(key), 1, key);
    },
    'overwriting drops the earlier ttl, and brings its own': async (backend) => {
        await backend.set('kept', 1, { ttl: 0.1 });
        await backend.set('kept', 2);
        await backend.set('longer', 1, { ttl: 0.1 });
        await backend.set('longer', 2, { ttl: 60 });
        await backend.set('shorter', 1);
        await backend.set('shorter', 2, { ttl: 0.1 });
        await sleep(250);
        assert.equal(await backend.get('kept'), 2);
        assert.equal(await backend.get('longer'), 2);
        assert.equal(await backend.get('shorter'), undefined);
    },
    'every well-formed string is a key of its own': async (backend) => {
        await Promise.all(KEYS.map((key, index) => backend.set(key, index)));
        assert.deepStrictEqual(await Promise.all(KEYS.map((key) => backend.get(key))), [...KEYS.keys()]);
        for (const [index, key] of KEYS.entries()) {
            assert.equal(await backend.delete(key), true, `delete of key ${index}`);
            const left = await Promise.all(KEYS.map((other) => backend.exists(other)));
            assert.deepStrictEqual(left, KEYS.map((_, other) => other > index), `after delete of key ${index}`);
        }
    },
    'keys that objects inherit are misses': async (backend) => {
        for (const key of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
            assert.equal(await backend.get(key), undefined, key);
            assert.equal(await backend.exists(key), false, key);
        }
    },
};
