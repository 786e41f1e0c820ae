import { giveBack } from '../codec/slabs.js';
import { expectKind } from './expect-kind.js';
import { asArray, exclusive } from './own-memory.js';
/** Milliseconds for a worker's answer to arrive on main. */
const ANSWER_MS = 20;
/** Large values, each over the connection of a worker thread, so that no small command waits behind one. */
export class BulkLane {
    #pool;
    #settings;
    #connection;
    #ring;
    constructor(pool, settings) {
        this.#pool = pool;
        this.#settings = settings;
        this.#connection = JSON.stringify(settings.connection);
        this.#ring = settings.ring?.secretText();
    }
    /** Values on their way into this lane that main encodes. */
    get encodings() {
        return this.#pool.encodings;
    }
    /**
     * Stores segments. Resolves to the bytes of the frame. Slabs are taken over where they own their memory, unless they may be
     * wanted for another attempt.
     */
    async store(operation, { compresses = true, ...write }, payload) {
        const { compression, maxValueBytes } = this.#settings;
        const own = payload.owned ? asArray : exclusive;
        const slabs = payload.slabs.map(operation.retries ? (slab) => new Uint8Array(slab) : own);
        const task = {
            kind: 'store',
            ...this.#remote(operation),
            ...write,
            payload: { ...payload, slabs },
            compression: compresses ? compression : undefined,
            maxValueBytes,
        };
        const bytes = slabs.reduce((sum, { byteLength }) => sum + byteLength, 0);
        return this.#stored(operation, task, { transfer: slabs.map(({ buffer }) => buffer), bytes });
    }
    /** Has a worker encode a value, which is cloned on main, and store it. */
    async storeGraph(operation, write, value) {
        const { compression, maxValueBytes, codecs } = this.#settings;
        const task = {
            kind: 'storeGraph',
            ...this.#remote(operation),
            ...write,
            value,
            codecs,
            compression,
            maxValueBytes,
        };
        return this.#stored(operation, task, { transfer: [], bytes: 0 });
    }
    /** A value's raw payload. */
    async fetch(operation, read) {
        return this.#payload(operation, { kind: 'fetch', ...this.#read(operation, read) }, read.bytes);
    }
    /** A value's first segments, from the first `bytes` of it; all of it where it has no others. */
    async fetchFirst(operation, read) {
        const { bytes } = read;
        const task = { kind: 'fetchFirst', ...this.#read(operation, read), bytes };
        const result = await this.#run(operation, task, { transfer: [], bytes });
        return expectKind(result, ['payload', 'first', 'missing', 'changed']);
    }
    /** Further segments of a value. */
    async fetchRange(operation, { bytes, ...range }) {
        return this.#payload(operation, { kind: 'fetchRange', ...this.#remote(operation), ...range }, bytes);
    }
    /** A value as a worker decoded it; its payload where a graph of it could not cross. */
    async fetchGraph(operation, read) {
        const { codecs } = this.#settings;
        const task = { kind: 'fetchGraph', ...this.#read(operation, read), codecs };
        const result = await this.#run(operation, task, { transfer: [], bytes: read.bytes });
        return expectKind(result, ['payload', 'graph', 'missing', 'changed']);
    }
    /** What is at a path of a value, or some elements of that, as a payload of its own. */
    async fetchPart(operation, read) {
        const { codecs } = this.#settings;
        const { path, range, bytes } = read;
        const fetch = this.#read(operation, read);
        return this.#payload(operation, { kind: 'fetchPart', ...fetch, path, range, codecs }, bytes);
    }
    /** Another form of a value: bytes of no codec, or text as a payload of the raw codec. */
    async fetchView(operation, read) {
        const { codecs } = this.#settings;
        const { view, bytes } = read;
        const fetch = this.#read(operation, read);
        return this.#payload(operation, { kind: 'fetchView', ...fetch, view, codecs }, bytes);
    }
    /** What a function of the user's returns for a value, as a payload of its own. */
    async map(operation, read) {
        const { codecs } = this.#settings;
        const { module, exportName, args, bytes } = read;
        const fetch = this.#read(operation, read);
        return this.#payload(operation, { kind: 'map', ...fetch, module, exportName, args, codecs }, bytes);
    }
    /** A value that a function of the user's makes. It has all the time that it takes, and teaches nothing of how long others take. */
    async make(call, maker) {
        const { codecs, maxValueBytes } = this.#settings;
        const result = await this.#pool.run({
            task: { kind: 'make', ...maker, codecs, maxValueBytes },
            transfer: [],
            bytes: 0,
            endsAt: Number.POSITIVE_INFINITY,
            stillWanted: () => !call.settled,
            started: () => { },
        });
        return expectKind(result, ['made', 'missing']);
    }
    /** Verifies, opens and decompresses a frame that has arrived on main. */
    async unpack(operation, { key, frame }) {
        const { maxValueBytes } = this.#settings;
        const own = exclusive(frame);
        const task = { kind: 'unpack', ...this.#keyed(key), frame: own, maxValueBytes };
        const result = await this.#run(operation, task, { transfer: [own.buffer], bytes: own.byteLength });
        return expectKind(result, ['payload']);
    }
    #read(operation, { key, version }) {
        const { maxValueBytes } = this.#settings;
        return { ...this.#remote(operation), key, version, maxValueBytes };
    }
    #keyed(key) {
        return { key, ring: this.#ring, maxSegments: this.#settings.codecs.limits.maxSegments };
    }
    #remote(operation) {
        const { maxSegments } = this.#settings.codecs.limits;
        return {
            connection: this.#connection,
            ring: this.#ring,
            maxSegments,
            idleTimeoutMs: this.#pool.settings.idleTimeoutMs,
            // A little early: what the worker then says is more than "no answer".
            endsAt: performance.timeOrigin + this.#endOf(operation) - ANSWER_MS,
        };
    }
    #endOf({ endsAt }) {
        const { timeShare = 1 } = this.#settings;
        if (timeShare === 1)
            return endsAt;
        const now = performance.now();
        return now + (endsAt - now) * timeShare;
    }
    async #stored(operation, task, room) {
        const { storedBytes, memory } = expectKind(await this.#run(operation, task, room), ['stored']);
        giveBack(memory);
        return storedBytes;
    }
    async #payload(operation, task, bytes) {
        const result = await this.#run(operation, task, { transfer: [], bytes });
        return expectKind(result, ['payload', 'missing', 'changed']);
    }
    async #run(operation, task, room) {
        operation.leaveCommands();
        operation.stage = 'queued';
        const queued = performance.now();
        let started = queued;
        const result = await this.#pool.run({
            task,
            ...room,
            endsAt: operation.endsAt,
            stillWanted: () => !operation.settled,
            started: () => {
                operation.stage = 'working';
                started = performance.now();
            },
        });
        this.#settings.plan.moved({
            queueMs: started - queued,
            bytes: room.bytes,
            ms: performance.now() - started,
        });
        return result;
    }
}
