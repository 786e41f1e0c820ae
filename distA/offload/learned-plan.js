import { SAMPLE, tryCloning } from './clone-trial.js';
import { KnownLargeKeys } from './known-large.js';
import { MovingAverage } from './moving-average.js';
import { COMPRESS_INLINE_BYTES, INFLATE_INLINE_BYTES } from './plan.js';
import { SHAPES } from './shape.js';
import { Threshold } from './threshold.js';
import { youngCollection } from './young-collection.js';
/** Milliseconds of main that a task for a worker costs: what is compressed here should not take longer. */
const TASK_MS = 0.1;
/** What compresses or decompresses on main is at least this, so that there is something to measure, and at most that. */
const INLINE_BOUNDS = { least: 2048, most: 65_536 };
/** Samples before a figure decides anything: the first ones measure the compiler. */
const ENOUGH = 8;
/** Milliseconds that large values wait for a worker on average. */
const QUEUE_BOUNDS = { on: 4, off: 1 };
/** How much larger a value may be that goes without a worker while there is a queue for them. */
const QUEUED_FACTOR = 4;
/** The first ones of a shape are tried, since the very first measures the compiler, and then one of so many. */
const FIRST_TRIES = 4;
const TRY_EVERY = 64;
/** Bytes from which on a clone may pay: smaller ones do not hold the event loop long. */
const CLONE_FROM_BYTES = 262_144;
/** What encoding takes of what cloning takes. */
const CLONE_BOUNDS = { on: 1.2, off: 1 };
/** A larger gain counts as this, so that it does not outweigh all that come after it. */
const MOST_GAIN = 3;
/** Compressions in a row that saved too little, from which on a shape is compressed only every so many times. */
const USELESS = 8;
const COMPRESS_EVERY = 16;
/**
 * What `auto` has measured in this process, and what it decides by that. Each decision has two bounds, so that it does not
 * waver; what it holds is bounded: a record for each of seven shapes, and 4,096 keys. A plan that is fixed measures
 * nothing and decides by the options alone.
 */
export class LearnedPlan {
    #learns;
    #inlineLimitBytes;
    #keys = new KnownLargeKeys();
    #compress = new MovingAverage();
    #inflate = new MovingAverage();
    #queueMs = new MovingAverage();
    #bytesPerMs = new MovingAverage();
    #queue = new Threshold(QUEUE_BOUNDS);
    #shapes = new Map();
    constructor({ learns, inlineLimitBytes }) {
        this.#learns = learns;
        this.#inlineLimitBytes = inlineLimitBytes;
    }
    /** Payloads up to this many bytes are compressed on main. */
    get compressInlineBytes() {
        return inlineBytes(this.#compress, COMPRESS_INLINE_BYTES);
    }
    /** Payloads of up to this many raw bytes are decompressed on main. */
    get inflateInlineBytes() {
        return inlineBytes(this.#inflate, INFLATE_INLINE_BYTES);
    }
    /** Payloads up to this many bytes are sent without a worker: more of them while there is a queue for workers. */
    get inlineLimitBytes() {
        return this.#inlineLimitBytes * (this.#queue.isOn ? QUEUED_FACTOR : 1);
    }
    /** What is known of a key whose value was large: it needs no first look. */
    knownLarge(key) {
        return this.#keys.find(key);
    }
    /**
     * Whether a list is sent to a worker as it is, to be encoded there. Only with a codec that takes values whole, and holds the event
     * loop for as long as that takes; what cloning costs beside it is measured on the first elements, now and then.
     */
    sendsGraph(codec, value, shape) {
        if (!this.#learns || codec.segmentEncoder !== undefined)
            return false;
        if (!Array.isArray(value) || value.length <= SAMPLE)
            return false;
        const record = this.#record(shape);
        const sets = record.sets++;
        if (sets < FIRST_TRIES || sets % TRY_EVERY === 0) {
            const { gain, elementBytes } = tryCloning(codec, value);
            record.elementBytes.add(elementBytes);
            record.gain.add(Math.min(gain, MOST_GAIN));
            if (record.gain.samples >= FIRST_TRIES)
                record.cloneGain.update(record.gain.value);
        }
        return record.cloneGain.isOn && record.elementBytes.value * value.length >= CLONE_FROM_BYTES;
    }
    /** Whether compression is tried on a value of a shape: not always where it has not helped for a while. */
    compresses(shape) {
        const record = this.#shapes.get(shape);
        if (record === undefined || record.useless < USELESS)
            return true;
        record.useless++;
        return record.useless % COMPRESS_EVERY === 0;
    }
    /** A value was read or written, and its frame has so many bytes. */
    sawValue(key, frameBytes, whole) {
        if (!this.#learns)
            return;
        if (frameBytes > this.#inlineLimitBytes)
            this.#keys.add(key, { bytes: frameBytes, whole });
        else
            this.#keys.remove(key);
    }
    /** A value was encoded on main in one go. */
    encoded(shape, bytes, ms) {
        if (this.#learns && bytes > 0)
            this.#record(shape).encode.add(ms / bytes);
    }
    /** Main has compressed that many bytes. */
    compressed(bytes, ms) {
        if (this.#learns)
            this.#compress.add(ms / bytes);
    }
    /** Main has decompressed to that many bytes. */
    inflated(rawBytes, ms) {
        if (this.#learns)
            this.#inflate.add(ms / rawBytes);
    }
    /** A value that was to be compressed was stored. */
    stored(shape, saved) {
        if (!this.#learns)
            return;
        const record = this.#record(shape);
        if (saved)
            record.useless = 0;
        else if (record.useless < USELESS)
            record.useless++;
    }
    /** A task waited for a worker, which then took its time. */
    moved({ queueMs, bytes, ms, }) {
        if (!this.#learns)
            return;
        this.#queueMs.add(queueMs);
        if (this.#queueMs.samples >= ENOUGH)
            this.#queue.update(this.#queueMs.value);
        if (bytes > 0 && ms > 0)
            this.#bytesPerMs.add(bytes / ms);
    }
    /** What it has come to. */
    stats() {
        return {
            mode: this.#learns ? 'auto' : 'fixed',
            inlineLimitBytes: this.inlineLimitBytes,
            compressInlineBytes: this.compressInlineBytes,
            inflateInlineBytes: this.inflateInlineBytes,
            queueMs: this.#queueMs.value,
            workerBytesPerMs: this.#bytesPerMs.value,
            knownLargeKeys: this.#keys.count,
            youngCollections: youngCollection.count,
            shapes: SHAPES.flatMap((shape) => {
                const record = this.#shapes.get(shape);
                return record ? [statsOf(shape, record)] : [];
            }),
        };
    }
    #record(shape) {
        let record = this.#shapes.get(shape);
        if (record === undefined) {
            record = {
                encode: new MovingAverage(),
                gain: new MovingAverage(),
                elementBytes: new MovingAverage(),
                cloneGain: new Threshold(CLONE_BOUNDS),
                sets: 0,
                useless: 0,
            };
            this.#shapes.set(shape, record);
        }
        return record;
    }
}
function statsOf(shape, { encode, cloneGain, useless }) {
    return {
        shape,
        encodeMsPerMb: encode.value * 1e6,
        encodes: encode.samples,
        sent: cloneGain.isOn ? 'graph' : 'bytes',
        compresses: useless < USELESS,
    };
}
function inlineBytes(msPerByte, usual) {
    if (msPerByte.samples < ENOUGH || msPerByte.value === 0)
        return usual;
    const { least, most } = INLINE_BOUNDS;
    return Math.min(most, Math.max(least, Math.floor(TASK_MS / msPerByte.value)));
}
