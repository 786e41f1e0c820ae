import { randomBytes } from 'node:crypto';
import { leaseName } from './lease-names.js';
import { Wakeups } from './wakeups.js';
const ACQUIRE = `
if redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) then
  local exists = redis.call('EXISTS', KEYS[2])
  local time = redis.call('TIME')
  return {1, exists, tonumber(time[1]), tonumber(time[2])}
end
return {0, redis.call('PTTL', KEYS[1])}`;
const RENEW = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('PEXPIRE', KEYS[1], ARGV[2])`;
const RELEASE = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('DEL', KEYS[1])
redis.call('PUBLISH', KEYS[1], '')
return 1`;
/**
 * Leases on keys, in Redis: one process at a time makes the value of a key, and the others wait for word from it. A lease runs
 * out by itself where its holder is no more; what he would store later is not taken (`Fence`). Keys are physical here.
 */
export class Leases {
    #operations;
    #commands;
    #wakeups;
    constructor(operations, commands, settings) {
        this.#operations = operations;
        this.#commands = commands;
        this.#wakeups = new Wakeups(settings);
    }
    /** Takes the lease on a key where nobody has it. */
    async acquire(key, ttlMs) {
        const name = leaseName(key);
        const token = randomBytes(16).toString('base64url');
        const answer = await this.#run(name, (operation) => this.#commands.script(operation, { script: ACQUIRE, keys: [name, key], args: [token, ttlMs] }));
        const [taken, second = 0, seconds = 0, micros = 0] = answer;
        if (taken !== 1)
            return { lease: undefined, leftMs: Math.max(0, second) };
        return { lease: { name, token, fence: seconds * 1e6 + micros, ttlMs }, exists: second > 0 };
    }
    /** Has a lease last for its whole time again. False where it is somebody else's by now, or nobody's. */
    async renew({ name, token, ttlMs }) {
        const script = { script: RENEW, keys: [name], args: [token, ttlMs] };
        return (await this.#run(name, (operation) => this.#commands.script(operation, script))) === 1;
    }
    /** Gives a lease back, and tells those who wait for it. */
    async release({ name, token }) {
        const script = { script: RELEASE, keys: [name], args: [token] };
        await this.#run(name, (operation) => this.#commands.script(operation, script));
    }
    /** Is woken when the lease on a key comes free. Whoever listens closes it. */
    listen(key) {
        return this.#wakeups.listen(leaseName(key));
    }
    close() {
        this.#wakeups.close();
    }
    #run(key, work) {
        return this.#operations.run({
            name: 'lease',
            key,
            access: 'command',
            writes: true,
            call: undefined,
            work,
        });
    }
}
