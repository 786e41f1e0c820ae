import { EXPANSION } from '../codec/codec.js';
import { isDecodedWhole, segmentsOf } from '../codec/segments.js';
import { OffloopError } from '../errors.js';
import { frameLength, HEADER_BYTES } from '../frame/frame.js';
import { noteBytes, readNote, spanOf } from '../frame/note.js';
import { unpackFrame } from '../offload/packing.js';
import { slices } from '../offload/slices.js';
import { youngCollection } from '../offload/young-collection.js';
import { ReplacedMeanwhile, SegmentFeed } from './segment-feed.js';
/**
 * The most bytes of objects that an item counts for: texts and binary data are no objects, and collecting for them took half of the time
 * of a get of 2 MB of text.
 */
const ITEM_BYTES = 128;
/** How often a value that is replaced while it is read is begun with again, before it is read in one piece. */
const ATTEMPTS = 3;
/** Bytes behind the table of a segmented value that the first request asks for. */
const FIRST_BYTES = 1 << 20;
/** Bytes that a table takes, where it is not known. */
const TABLE_BYTES = 1 << 17;
/** What a part is expected to take: a table and a few segments. */
const PART_BYTES = 1 << 18;
/** Reads values that are not decoded in one go: over workers' connections, in slices, or both. */
export class LargeReader {
    #settings;
    #bulk;
    constructor(settings, bulk) {
        this.#settings = settings;
        this.#bulk = bulk;
    }
    /** The value, or the one that has replaced it meanwhile, never a mixture; undefined where there is none any more. */
    async read(plan, read) {
        const { operation, key, arrived, header } = read;
        if (plan === 'inline') {
            const { codec } = header;
            const { ring, registry } = this.#settings;
            const opener = { ring, key, maxSegments: registry.limits.maxSegments };
            const unpacked = unpackFrame(arrived, header, opener);
            const { note } = readNote(arrived, header);
            const here = { codec, ...unpacked, storedBytes: arrived.length, note: note && noteBytes(note) };
            return this.decode(operation, here, false);
        }
        if (plan === 'unpack') {
            return this.decode(operation, await this.#bulk.unpack(operation, { key, frame: arrived }), true);
        }
        return this.#attempt(read, (inOne) => this.#ask(plan, read, inOne));
    }
    /** As {@link read}, of a value of which only what was last seen is known. */
    readKnown(read, known) {
        const { operation, key } = read;
        const bytes = Math.min(known.bytes, FIRST_BYTES + TABLE_BYTES);
        return this.#attempt(read, (inOne) => known.whole || inOne
            ? this.#bulk.fetch(operation, { key, bytes: known.bytes })
            : this.#bulk.fetchFirst(operation, { key, bytes }));
    }
    async #attempt(read, ask) {
        for (let attempt = 1;;) {
            try {
                const result = await ask(attempt > ATTEMPTS);
                const isUseless = result.kind === 'first' && isDecodedWhole(this.#settings.registry.byId(result.codec));
                if (isUseless)
                    attempt = ATTEMPTS;
                else if (result.kind !== 'changed')
                    return await this.#take(read, result);
            }
            catch (error) {
                if (!(error instanceof ReplacedMeanwhile))
                    throw error;
            }
            attempt++;
        }
    }
    /** A part of a value, by a worker; undefined where the key or the part is not there, with whether the key is. */
    async readPart(operation, part) {
        const result = await this.#bulk.fetchPart(operation, { ...part, bytes: PART_BYTES });
        if (result.kind !== 'payload')
            return { value: undefined, storedBytes: 0, hit: result.kind === 'missing' && result.found };
        return { ...(await this.decode(operation, result, true)), hit: true };
    }
    #ask(plan, { operation, key, header, version }, inOne) {
        const bytes = Math.max(header.rawLength, frameLength(header));
        const read = { key, bytes, version };
        if (plan === 'graph')
            return this.#bulk.fetchGraph(operation, read);
        const isWhole = !header.segmented || isDecodedWhole(this.#settings.registry.byId(header.codec));
        if (inOne || isWhole)
            return this.#bulk.fetch(operation, read);
        return this.#bulk.fetchFirst(operation, {
            ...read,
            bytes: Math.min(bytes, HEADER_BYTES + header.tableLength + FIRST_BYTES),
        });
    }
    async #take({ operation, key }, result) {
        if (result.kind === 'missing')
            return undefined;
        const note = noteOf(result);
        if (result.kind === 'graph')
            return { ...result, note };
        if (result.kind === 'payload')
            return this.decode(operation, result, true);
        const feed = new SegmentFeed(this.#bulk, { operation, key, first: result });
        const value = await this.#fromSource(operation, {
            codec: result.codec,
            totalBytes: result.rawLength,
            owned: false,
            next: () => feed.next(),
        });
        return { value, storedBytes: result.storedBytes, note };
    }
    /** Decodes a payload that is there as a whole. With `owned` nobody else holds its buffer. */
    async decode(operation, payload, owned) {
        const { codec, payload: bytes, storedBytes } = payload;
        let given = false;
        const value = await this.#fromSource(operation, {
            codec,
            totalBytes: bytes.length,
            owned,
            next: () => {
                if (given)
                    return undefined;
                given = true;
                return payload;
            },
        });
        return { value, storedBytes, note: noteOf(payload) };
    }
    async #fromSource(operation, source) {
        assertWanted(operation);
        const codec = this.#settings.registry.byId(source.codec);
        const decoder = codec.segmentDecoder?.(source.totalBytes, source.owned);
        let segments = await source.next();
        if (!decoder)
            return segments && codec.decode(segments.payload, source.owned);
        const { sliceMs, collectYoung } = this.#settings;
        const { expansion = EXPANSION } = codec;
        const collects = collectYoung && youngCollection.suits(source.totalBytes * expansion);
        if (collects)
            youngCollection.begin();
        while (segments) {
            const { payload, lengths } = segments;
            const rest = [...segmentsOf({ slabs: [payload], lengths })].reverse();
            const step = () => {
                if (collects && youngCollection.isDue) {
                    if (youngCollection.isHeldUp)
                        return false;
                    if (youngCollection.collect())
                        return true;
                }
                const segment = rest.pop();
                if (!segment)
                    return false;
                const { items: before = 0 } = decoder;
                decoder.next(segment);
                const { items = Number.POSITIVE_INFINITY } = decoder;
                const objectBytes = Math.min(segment.length * expansion, (items - before) * ITEM_BYTES);
                if (collects)
                    youngCollection.decoded(objectBytes);
                return rest.length > 0;
            };
            while (rest.length > 0) {
                await slices.run({ sliceMs, step, stillWanted: () => !operation.settled });
                if (rest.length === 0)
                    break;
                await youngCollection.turn();
                assertWanted(operation);
            }
            segments = await source.next();
            assertWanted(operation);
        }
        return decoder.end();
    }
}
/** Nobody waits for it any more: decoding it would take the event loop's time for nothing. */
function assertWanted(operation) {
    if (operation.settled)
        throw new OffloopError('ERR_ABORTED', 'nobody waits for this value any more');
}
function noteOf({ note }) {
    return note && spanOf(note);
}
