var __addDisposableResource = (this && this.__addDisposableResource) || function (env, value, async) {
    if (value !== null && value !== void 0) {
        if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
        var dispose, inner;
        if (async) {
            if (!Symbol.asyncDispose) throw new TypeError("Symbol.asyncDispose is not defined.");
            dispose = value[Symbol.asyncDispose];
        }
        if (dispose === void 0) {
            if (!Symbol.dispose) throw new TypeError("Symbol.dispose is not defined.");
            dispose = value[Symbol.dispose];
            if (async) inner = dispose;
        }
        if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
        if (inner) dispose = function() { try { inner.call(this); } catch (e) { return Promise.reject(e); } };
        env.stack.push({ value: value, dispose: dispose, async: async });
    }
    else if (async) {
        env.stack.push({ async: true });
    }
    return value;
};
var __disposeResources = (this && this.__disposeResources) || (function (SuppressedError) {
    return function (env) {
        function fail(e) {
            env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
            env.hasError = true;
        }
        var r, s = 0;
        function next() {
            while (r = env.stack.pop()) {
                try {
                    if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
                    if (r.dispose) {
                        var result = r.dispose.call(r.value);
                        if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) { fail(e); return next(); });
                    }
                    else s |= 1;
                }
                catch (e) {
                    fail(e);
                }
            }
            if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
            if (env.hasError) throw env.error;
        }
        return next();
    };
})(typeof SuppressedError === "function" ? SuppressedError : function (error, suppressed, message) {
    var e = new Error(message);
    return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
});
import assert from 'node:assert/strict';
import { refused } from './assertions.js';
/** Operations at the same time, their order, and the end of a backend. */
export const orderChecks = {
    'many operations at once each get their own answer': async (backend) => {
        const keys = Array.from({ length: 500 }, (_, index) => `many:${index}`);
        await Promise.all(keys.map((key) => backend.set(key, { key })));
        const answers = await Promise.all(keys.flatMap((key) => [backend.get(key), backend.exists(key), backend.delete(key)]));
        assert.deepStrictEqual(answers, keys.flatMap((key) => [{ key }, true, true]));
    },
    'operations on one key take effect in the order of the calls, not awaited, whatever the size': async (backend) => {
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
    'await using closes it': async (backend) => {
        {
            const env_1 = { stack: [], error: void 0, hasError: false };
            try {
                const scoped = __addDisposableResource(env_1, backend, true);
                await scoped.set('k', 1);
            }
            catch (e_1) {
                env_1.error = e_1;
                env_1.hasError = true;
            }
            finally {
                const result_1 = __disposeResources(env_1);
                if (result_1)
                    await result_1;
            }
        }
        await refused(() => backend.get('k'), 'ERR_CLOSED');
    },
};
