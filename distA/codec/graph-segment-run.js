import { OffloopError } from '../errors.js';
import { BINARY_REVIVERS } from './graph-binary.js';
import { GraphDecoder } from './graph-decoder.js';
import { OPEN_KINDS } from './graph-open.js';
import { OpenPart } from './graph-parts.js';
/** The bytes of the segments from `first` to `end - 1`. */
export function bytesIn({ lengths }, first, end) {
    let bytes = 0;
    for (let segment = first; segment < end; segment++)
        bytes += lengths[segment] ?? 0;
    return bytes;
}
/** Fetches segments. Throws `ERR_CORRUPT` where they are not as many and as long as announced. */
export async function fetchRun(source, first, end) {
    const segments = await source.segments(first, end);
    const asAnnounced = segments.every(({ length }, index) => length === source.lengths[first + index]);
    if (segments.length !== end - first || !asAnnounced)
        throw disagreement();
    return [...segments];
}
/**
 * Decodes segments without those before them: what these left open is a stand-in. Behind each segment the decoder has
 * to be where the outline says. The container with what these segments have of it.
 */
export async function decodeRun(source, outline, run) {
    const { container, first, end } = run;
    const segments = await fetchRun(source, first, end);
    const room = bytesIn(source, first, end);
    const open = outline.levels(first).map((level) => standIn(level, room));
    const decoder = new GraphDecoder(bytesIn(source, 0, source.lengths.length), {
        hasBatches: source.hasBatches,
        limits: source.limits,
        open,
        room,
    });
    let part = container.first < first ? open[container.level] : undefined;
    let next = first;
    for (const segment of segments) {
        decoder.next(segment);
        next++;
        const left = decoder.open;
        assertAgreement(left, outline.levels(next), next);
        part ??= left[container.level];
        const isOpen = left[container.level] === part;
        if (isOpen !== next <= container.last)
            throw disagreement();
    }
    if (part === undefined)
        throw disagreement();
    return part;
}
/** The error where the outline and the segments cannot be of one value. */
export function disagreement() {
    return new OffloopError('ERR_CORRUPT', 'the segments are not those of the outline');
}
function standIn({ container, index, key }, room) {
    const { kind, length, names } = container;
    return new OpenPart({ kind, target: emptyTarget(), length, index, names, base: index, key });
    function emptyTarget() {
        switch (kind) {
            case OPEN_KINDS.array:
                return [];
            case OPEN_KINDS.map:
                return new Map();
            case OPEN_KINDS.set:
                return new Set();
            case OPEN_KINDS.bytes:
                return { reviver: BINARY_REVIVERS.Buffer, bytes: new Uint8Array(Math.min(room, length - index)) };
            default:
                return {};
        }
    }
}
function assertAgreement(open, levels, segment) {
    if (open.length !== levels.length)
        throw disagreement();
    for (const [level, { container, index, inside, key }] of levels.entries()) {
        const part = open[level];
        const agrees = part?.kind === container.kind &&
            part.length === container.length &&
            part.index === index &&
            (container.kind !== OPEN_KINDS.dictionary || !inside || part.key === key) &&
            (container.first !== segment - 1 || sameNames(part.names, container.names));
        if (!agrees)
            throw disagreement();
    }
}
function sameNames(some, others) {
    return some.length === others.length && some.every((name, index) => name === others[index]);
}
