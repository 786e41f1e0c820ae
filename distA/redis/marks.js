import { randomBytes } from 'node:crypto';
import { jsonCodec } from '../codec/json.js';
import { pack } from '../offload/packing.js';
import { KeySweep } from './sweep.js';
/** Of a mark that is to be kept for ever: 100 years. A TTL lets a cache that evicts only what has one evict it too. */
const LONGEST_MS = 3_153_600_000_000;
/** An id that no mark has had: 96 random bits. */
export function newMarkId() {
    return randomBytes(12).toString('base64url');
}
/**
 * Small keys that hold a random id, which stands for all that was stored under it. They lie among the values, in frames as those
 * do, and are read from masters alone. Keys are physical here.
 */
export class Marks {
    #operations;
    #commands;
    #reads;
    #ring;
    constructor(operations, { commands, reads, ring }) {
        this.#operations = operations;
        this.#commands = commands;
        this.#reads = reads;
        this.#ring = ring;
    }
    /** The same by keys of which `physical` makes the whole ones. */
    under(physical) {
        return {
            read: async (key) => this.#read(physical(key)),
            claim: async (key, ttlMs) => this.#claim(physical(key), ttlMs),
            drop: async (key) => this.#drop(physical(key)),
            sweep: ({ prefix, spared }) => new KeySweep(this.#operations, this.#commands, {
                prefix: physical(prefix),
                spared: async () => physical(await spared()),
            }),
        };
    }
    /** The id; undefined where there is none. By the way of values with notes: replicas may not know yet. */
    async #read(key) {
        const found = await this.#reads.getNoted(key, ANY);
        return typeof found?.value === 'string' ? found.value : undefined;
    }
    async #claim(key, ttlMs = LONGEST_MS) {
        // One round trip: the three go out together, in this order.
        const [, leftMs, id] = await Promise.all([this.#add(key, ttlMs), this.#left(key), this.#read(key)]);
        if (id === undefined) {
            // Bytes of another kind, which nobody can have stamped a value with; or it was dropped meanwhile.
            await this.#drop(key);
            return this.#claim(key, ttlMs);
        }
        if (leftMs >= 0 && leftMs < ttlMs)
            await this.#prolong(key, ttlMs);
        return id;
    }
    #add(key, ttlMs) {
        const payload = jsonCodec.encode(newMarkId());
        const seal = this.#ring?.sealFor(key);
        const frame = pack({ codec: jsonCodec.id, payload, compression: undefined, seal });
        return this.#run('add', key, (operation) => this.#commands.add(operation, key, frame, generous(ttlMs)));
    }
    #left(key) {
        return this.#run('ttl', key, (operation) => this.#commands.ttl(operation, key));
    }
    #prolong(key, ttlMs) {
        return this.#run('touch', key, (operation) => this.#commands.touch(operation, key, generous(ttlMs)));
    }
    async #drop(key) {
        await this.#run('delete', key, (operation) => this.#commands.delete(operation, key));
    }
    #run(name, key, work) {
        return this.#operations.run({
            name,
            key,
            access: 'command',
            writes: name !== 'ttl',
            call: undefined,
            work,
        });
    }
}
const ANY = { accept: () => true };
/**
 * A power of two of seconds, twice what is needed at least: the mark then rarely has to be told to live longer, and two who
 * tell it so at the same time mostly tell it the same.
 */
function generous(ttlMs) {
    const seconds = 2 ** Math.ceil(Math.log2(Math.max(1, ttlMs / 1000)) + 1);
    return Math.min(seconds * 1000, LONGEST_MS);
}
