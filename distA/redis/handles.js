import { ReadableStream } from 'node:stream/web';
import { ValueStream } from './value-stream.js';
const NOTHING = { value: undefined };
/** The operations of handles: what can be asked of a value that was opened. Keys are physical here. */
export class Handles {
    #operations;
    #reader;
    #loading;
    constructor(operations, reader, loading) {
        this.#operations = operations;
        this.#reader = reader;
        this.#loading = loading;
    }
    /** What a call on a handle has unless it says otherwise. */
    get retry() {
        return this.#operations.retry;
    }
    /** Undefined where there is no such value, or none that can be read. */
    open(key, call) {
        return this.#run({ name: 'open', key, call, absent: NOTHING }, (operation) => this.#reader.open(operation, key));
    }
    value(opened, call) {
        const { key } = opened;
        return this.#run({ name: 'value', key, call, local: isHere(opened) }, (operation) => this.#reader.value(operation, opened));
    }
    /** A string for `text`, a Buffer that belongs to the caller for the others. */
    view(opened, view, call) {
        const { key } = opened;
        return this.#run({ name: view, key, call, local: isHere(opened) }, (operation) => this.#reader.view(operation, opened, view));
    }
    /** What is at a path, or the elements of that in a range. */
    part(opened, selection, call) {
        const { key } = opened;
        const name = selection.range ? 'slice' : 'at';
        return this.#run({ name, key, call, local: isHere(opened) }, (operation) => this.#reader.part(operation, opened, selection));
    }
    /** The bytes as they come. Each chunk has the time of one operation. */
    stream(opened, call) {
        const reader = this.#reader;
        const input = { name: 'stream', key: opened.key, call, local: isHere(opened) };
        const got = {
            first: (bytes) => this.#run(input, (operation) => reader.first(operation, opened, bytes)),
            range: (range) => this.#run(input, (operation) => reader.range(operation, opened, range)),
        };
        const source = new ValueStream(got, { collects: reader.collectsYoung });
        return new ReadableStream(source, { highWaterMark: 0 });
    }
    /** What a function of the user's returns for a value; undefined where there is none. */
    map(mapped, call) {
        const { key } = mapped;
        const input = { name: 'map', key, call, absent: NOTHING };
        return this.#run(input, (operation) => this.#reader.map(operation, mapped));
    }
    #run(input, work) {
        const ready = (operation) => this.#loading.before(operation, () => work(operation));
        return this.#operations.run({ ...input, access: 'read', writes: false, work: ready });
    }
}
/** Whether all of it was read when it was opened. */
function isHere({ frame }) {
    return frame !== undefined;
}
