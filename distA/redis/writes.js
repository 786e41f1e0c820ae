import { asNotApplied, asOffloopError } from '../errors.js';
import { heldBytes } from './prepared-write.js';
import { Place } from './value-writer.js';
/** What a set resolves to that was dropped, Redis being away. */
const DROPPED = { value: undefined };
/** The operations that store values. Keys are physical here. */
export class Writes {
    #operations;
    #writer;
    #loading;
    #replicas;
    constructor(operations, { writer, loading, replicas }) {
        this.#operations = operations;
        this.#writer = writer;
        this.#loading = loading;
        this.#replicas = replicas;
    }
    /** A value that a worker makes; undefined where it makes none. */
    make(maker, signal) {
        return this.#writer.made.make(maker, signal);
    }
    set(entry) {
        return this.#set(entry, undefined);
    }
    /** As {@link set}, if a fence holds; false where it does not. */
    async setFenced(entry, fence) {
        return (await this.#set(entry, fence)) === 1;
    }
    #set(entry, fence) {
        const { key, value, ttlMs, call, snapshot, codec, contentType, note, made } = entry;
        const writer = this.#writer;
        if (this.#loading.isUnderWay) {
            // Which lane it takes is not known yet, so it runs alone on its key.
            const work = (operation) => this.#loading.before(operation, () => {
                const wish = { key, snapshot, codec, contentType, note, stillWanted: () => !operation.settled };
                const write = writer.prepare(value, wish);
                const sent = this.#noted(key, writer.send(operation, write, new Place(key, ttlMs, fence)));
                return write.way === 'sliced' ? sent.finally(write.leave) : sent;
            });
            return this.#operations.run({
                name: 'set',
                key,
                writes: true,
                silent: fence === undefined,
                call,
                absent: DROPPED,
                access: 'bulk',
                work,
            });
        }
        // Before the value is encoded, which may take long.
        if (call !== undefined)
            this.#operations.assertWanted(call.signal, { name: 'set', key, writes: true });
        let stillWanted = true;
        const wish = { key, snapshot, codec, contentType, note, stillWanted: () => stillWanted };
        let write;
        try {
            write = made ? writer.prepareMade(made, wish) : writer.prepare(value, wish);
        }
        catch (error) {
            throw asNotApplied(error);
        }
        const stored = this.#send(new Place(key, ttlMs, fence), write, call);
        if (write.way !== 'sliced')
            return stored;
        // An abort, or the end of its time, also ends the slices.
        return stored.finally(() => {
            stillWanted = false;
            write.leave();
        });
    }
    /** Takes its place in the order of operations when the stream has ended. */
    async setStream({ key, source, ttlMs, contentType, call }) {
        const signal = call?.signal;
        this.#operations.assertWanted(signal, { name: 'setStream', key, writes: true });
        let write;
        try {
            write = await this.#writer.gather(source, { key, contentType, signal });
        }
        catch (error) {
            const ours = asOffloopError(error, 'ERR_VALUE', 'setStream: its source failed; nothing was stored');
            this.#operations.failed(ours);
            throw asNotApplied(ours);
        }
        await this.#send(new Place(key, ttlMs), write, call);
    }
    #send(place, write, call) {
        // Written out: spreading an object costs a microsecond or more for each small value.
        return this.#operations.run({
            name: 'set',
            key: place.key,
            writes: true,
            silent: place.fence === undefined,
            call,
            bytes: heldBytes(write),
            absent: DROPPED,
            access: write.way === 'inline' ? 'command' : 'bulk',
            work: (operation) => this.#noted(place.key, this.#writer.send(operation, write, place)),
        });
    }
    #noted(key, sent) {
        return this.#replicas === undefined ? sent : this.#replicas.written(sent, key);
    }
}
