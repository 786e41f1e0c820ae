import assert from 'node:assert/strict';
import { isSet, keeps, keepsEach, keepsOrRefuses } from './assertions.js';
import { plainValues, richValues, treacherousValues } from './samples.js';
/** What becomes of values. Without `richTypes` every type beyond JSON may be refused, but not changed. */
export function valueChecks(richTypes) {
    return {
        'null, false, 0 and the empty string are values': (backend) => keepsEach(backend, [null, false, 0, '', [], {}]),
        'plain data comes back equal': (backend) => keepsEach(backend, plainValues()),
        [richTypes ? 'rich types come back equal' : 'rich types are kept or refused']: async (backend) => {
            for (const value of richValues())
                await (richTypes ? keeps(backend, value) : keepsOrRefuses(backend, value));
        },
        'bytes come back as a Uint8Array, or are refused where rich types are': async (backend) => {
            const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
            for (const value of [
                bytes,
                Buffer.from(bytes),
                bytes.subarray(7, 9),
                new Uint8Array(0),
                Buffer.alloc(2 ** 20, 7),
            ]) {
                if (!(await isSet(backend, value, !richTypes)))
                    continue;
                const got = await backend.get('k');
                assert.ok(got instanceof Uint8Array, 'the answer is no Uint8Array');
                assert.equal(Buffer.compare(got, value), 0, 'the bytes differ');
                got.fill(0);
                assert.equal(Buffer.compare((await backend.get('k')) ?? Buffer.of(), value), 0, 'the bytes are shared');
            }
        },
        'what a backend cannot keep it refuses with ERR_VALUE, and never changes in silence': async (backend) => {
            for (const value of treacherousValues())
                await keepsOrRefuses(backend, value);
        },
    };
}
