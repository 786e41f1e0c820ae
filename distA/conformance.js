import { entryChecks } from './conformance/entry-checks.js';
import { orderChecks } from './conformance/order-checks.js';
import { refusalChecks } from './conformance/refusal-checks.js';
import { valueChecks } from './conformance/value-checks.js';
/**
 * Declares the tests that every `CacheBackend` must pass: misses, values, TTLs, keys, isolation, refusals, program
 * order and closing. They take about two seconds, most of it waiting for TTLs. Tests are independent of each other
 * and may run at the same time.
 */
export function describeCacheBackend(options) {
    const { name, create, runner, features } = options;
    const checks = {
        ...entryChecks,
        ...valueChecks(features?.richTypes ?? true),
        ...refusalChecks,
        ...orderChecks,
    };
    runner.describe(`${name} is a CacheBackend`, () => {
        for (const [title, check] of Object.entries(checks)) {
            runner.it(title, async () => {
                const backend = await create();
                try {
                    await check(backend);
                }
                finally {
                    await backend.close();
                }
            });
        }
    });
}
