import { BINARY_REVIVERS } from './graph-binary.js';
import { GraphDecoder } from './graph-decoder.js';
import { BINARY_KINDS } from './graph-format.js';
import { OPEN_KINDS } from './graph-open.js';
import { readOutline } from './graph-outline-reader.js';
import { PENDING } from './graph-parts.js';
import { decodeRun, disagreement, fetchRun } from './graph-segment-run.js';
import { assertPath, assertRange, elementIndex, partOf, sliceBytes, sliceOf, unsliceable, } from './value-part.js';
/**
 * What is at a path in a segmented value, as `partOf` says; it decodes only segments that the part lies in, and those in
 * which a dictionary's key might have been. Of a Map that spans segments all are read. Throws `ERR_PATH` on a malformed
 * path, `ERR_CORRUPT` where outline and segments are not those of one value.
 */
export async function readPart(source, path) {
    assertPath(path);
    const reader = new PartReader(source);
    const place = await reader.locate(path);
    return 'container' in place ? reader.whole(place.container) : place.value;
}
/**
 * The elements `from` to `to - 1` of what is at a path in a segmented value, as `sliceOf` says; it decodes only segments
 * that these lie in. Throws as {@link readPart} does, and `ERR_PATH` where nothing of an order is there.
 */
export async function readSlice(source, path, from, to) {
    assertPath(path);
    assertRange(from, to);
    const reader = new PartReader(source);
    const place = await reader.locate(path);
    return 'container' in place ? reader.slice(place.container, from, to) : sliceOf(place.value, [], from, to);
}
const NOTHING = { value: undefined };
class PartReader {
    #source;
    #outline;
    constructor(source) {
        this.#source = source;
        this.#outline = readOutline(source.outline, source.lengths.length);
    }
    async locate(path) {
        const { root } = this.#outline;
        let place = root ? { container: root } : { value: await this.#onlySegment() };
        for (const [depth, step] of path.entries()) {
            if (!('container' in place))
                return { value: partOf(place.value, path.slice(depth)) };
            place = await this.#step(place.container, step);
        }
        return place;
    }
    /** All of a container. */
    async whole(container) {
        const part = await this.#run(container, container.first, container.last);
        if (container.kind === OPEN_KINDS.text)
            return part.text;
        if (container.kind !== OPEN_KINDS.bytes)
            return part.target;
        const { reviver, bytes } = part.target;
        return reviver.from(bytes.buffer);
    }
    async slice(container, from, to) {
        const { kind } = container;
        if (kind === OPEN_KINDS.array)
            return this.#elements(container, from, to);
        if (kind === OPEN_KINDS.text)
            return this.#text(container, from, to);
        if (kind === OPEN_KINDS.bytes)
            return this.#bytes(container, from, to);
        throw unsliceable();
    }
    async #elements(container, from, to) {
        const end = Math.min(to, container.length);
        if (from >= end)
            return [];
        const { target, base } = await this.#range(container, from, end);
        const items = [];
        for (let index = from - base; index < end - base; index++)
            items.push(ownOf(target, index));
        return items;
    }
    async #text(container, from, to) {
        const end = Math.min(to, container.length);
        if (from >= end)
            return '';
        const { text, base } = await this.#range(container, from, end);
        if (text.length < end - base)
            throw disagreement();
        return text.slice(from - base, end - base);
    }
    async #bytes(container, from, to) {
        const { binary: kind, length } = container;
        const { elementBytes } = BINARY_REVIVERS[BINARY_KINDS[kind] ?? 'Buffer'];
        const start = from * elementBytes;
        const end = Math.min(to * elementBytes, length);
        if (start >= end)
            return sliceBytes(new Uint8Array(), { kind, from: 0, to: 0 });
        const { target, base, index } = await this.#range(container, start, end);
        if (index < end)
            throw disagreement();
        const { bytes } = target;
        return sliceBytes(bytes.subarray(start - base, end - base), { kind, from: 0, to: end - start });
    }
    async #step(container, step) {
        switch (container.kind) {
            case OPEN_KINDS.array: {
                const index = elementIndex(step, container.length);
                return index === undefined ? NOTHING : this.#element(container, index);
            }
            case OPEN_KINDS.record: {
                const index = container.names.indexOf(String(step));
                return index < 0 ? NOTHING : this.#element(container, index);
            }
            case OPEN_KINDS.dictionary:
                return this.#field(container, String(step));
            case OPEN_KINDS.map:
                return { value: partOf(await this.whole(container), [step]) };
            default:
                return NOTHING;
        }
    }
    /** An element of an array or a field of a record. */
    async #element(container, index) {
        const child = this.#outline.child(container, index);
        if (child)
            return { container: child };
        const segment = container.beginsIn(index);
        const { target, base } = await this.#run(container, segment, segment);
        return { value: ownOf(target, container.names[index] ?? index - base) };
    }
    /** A field of a dictionary: where its fingerprint is, unless that is another key's. */
    async #field(container, key) {
        let read = -1;
        for (const index of this.#outline.candidates(container, key)) {
            const child = this.#outline.child(container, index);
            if (child && container.insideOf(index)?.key === key)
                return { container: child };
            const segment = container.beginsIn(index);
            if (child || segment === read)
                continue;
            read = segment;
            const { target } = await this.#run(container, segment, segment);
            if (Object.hasOwn(target, key))
                return { value: ownOf(target, key) };
        }
        return NOTHING;
    }
    /** What there is of a container in the segments in which some of its elements lie. */
    #range(container, from, end) {
        return this.#run(container, container.beginsIn(from), container.endsIn(end - 1));
    }
    #run(container, first, last) {
        return decodeRun(this.#source, this.#outline, { container, first, end: last + 1 });
    }
    async #onlySegment() {
        const { hasBatches, limits } = this.#source;
        const [segment] = await fetchRun(this.#source, 0, 1);
        if (segment === undefined)
            throw disagreement();
        const decoder = new GraphDecoder(segment.length, { hasBatches, limits });
        decoder.next(segment);
        return decoder.end();
    }
}
/** A property that has been read. */
function ownOf(target, key) {
    const value = Object.hasOwn(target, key) ? target[key] : PENDING;
    if (value === PENDING)
        throw disagreement();
    return value;
}
