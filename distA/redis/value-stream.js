import { TextDecoder } from 'node:util';
import { rawCodec } from '../codec/raw.js';
import { HEAD_BYTES, kindOf, UTF16LE } from '../codec/raw-kinds.js';
import { youngCollection } from '../offload/young-collection.js';
import { segmentRanges } from './segment-ranges.js';
/** Bytes of a chunk, about. Three of them at most are in memory at a time: one with the reader, one ahead, one on its way. */
const CHUNK_BYTES = 256 * 1024;
const LIMIT = { of: 'raw', bytes: CHUNK_BYTES };
/** The bytes of a value as they come. Nothing is asked for before something is read, and then one chunk ahead of it. */
export class ValueStream {
    #source;
    /** Whether what was read is collected bit by bit. */
    #collects;
    #bytes;
    #ranges;
    #ahead;
    constructor(source, { collects }) {
        this.#source = source;
        this.#collects = collects;
        if (collects)
            youngCollection.begin();
    }
    async pull(controller) {
        let chunk = await this.#next();
        while (chunk?.byteLength === 0)
            chunk = await this.#next();
        if (chunk)
            controller.enqueue(chunk);
        else
            controller.close();
    }
    cancel() {
        this.#ranges = [].values();
        this.#ahead = undefined;
    }
    /** The next bytes; undefined behind the last. */
    async #next() {
        if (this.#bytes === undefined) {
            const first = await this.#source.first(CHUNK_BYTES);
            this.#bytes = new PayloadBytes(first.codec);
            this.#ranges ??= first.kind === 'first' ? segmentRanges(first, LIMIT) : [].values();
            this.#request();
            return this.#bytes.next(first.payload);
        }
        const ahead = this.#ahead;
        if (ahead === undefined)
            return this.#bytes.end();
        const { payload } = await ahead;
        this.#request();
        if (this.#collects)
            youngCollection.passed(payload.length);
        return this.#bytes.next(payload);
    }
    #request() {
        const next = this.#ranges?.next();
        this.#ahead = next && !next.done ? this.#source.range(next.value) : undefined;
        // It may fail before its turn, which is where that is taken up.
        this.#ahead?.catch(() => { });
    }
}
/** What `bytesView` gives of a payload, of one that comes in pieces. */
class PayloadBytes {
    #codec;
    #begun = false;
    #utf16;
    constructor(codec) {
        this.#codec = codec;
    }
    next(piece) {
        if (this.#codec !== rawCodec.id)
            return piece;
        let data = piece;
        if (!this.#begun) {
            this.#begun = true;
            if (kindOf(piece) === UTF16LE)
                this.#utf16 = new TextDecoder('utf-16le', { ignoreBOM: true });
            data = piece.subarray(HEAD_BYTES);
        }
        return this.#utf16 ? Buffer.from(this.#utf16.decode(data, { stream: true })) : data;
    }
    /** What is left of text that ends within a character. */
    end() {
        const rest = this.#utf16?.decode();
        this.#utf16 = undefined;
        return rest ? Buffer.from(rest) : undefined;
    }
}
