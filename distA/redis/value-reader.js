import { isDecodedWhole } from '../codec/segments.js';
import { selectedOf } from '../codec/value-part.js';
import { frameLength, readHeader } from '../frame/frame.js';
import { NOTE_WITHIN, readNote } from '../frame/note.js';
import { unpack } from '../offload/packing.js';
import { planDecode, planRead } from '../offload/plan.js';
/** The way of a value from Redis to the caller. */
export class ValueReader {
    #settings;
    #commands;
    #large;
    #report;
    constructor(settings, { commands, large, report }) {
        this.#settings = settings;
        this.#commands = commands;
        this.#large = large;
        this.#report = report;
    }
    /**
     * The value, or undefined where there is none, or none that can be read. With a wish for its note it comes as
     * {@link Found}.
     */
    async read(operation, key, wish) {
        const { offload, inlineLimitBytes, plan, ring } = this.#settings;
        const known = offload.decode === 'auto' ? plan.knownLarge(key) : undefined;
        if (known && !operation.followsCommands)
            return this.#readKnown({ operation, key, wish }, known);
        // Not split into further promises: each would be seen in the throughput of small values.
        const asks = planRead(offload.decode);
        const arrived = asks === 'head'
            ? await this.#commands.head(operation, key, inlineLimitBytes)
            : await this.#commands.whole(operation, key);
        // Nobody waits for it any more: decoding it would take the event loop's time for nothing.
        if (operation.settled)
            return undefined;
        // GETRANGE answers a missing key with no bytes; no frame is that short.
        if (arrived === null || arrived.length === 0)
            return this.#report.missed();
        try {
            const header = readHeader(arrived);
            this.#report.checkSize(header);
            // Not where a frame fills what was asked for: what stands behind it would not be seen.
            const whole = asks !== 'head' || arrived.length < inlineLimitBytes || frameLength(header) < arrived.length;
            const way = planDecode({
                offload: offload.decode,
                whole,
                compressed: header.compression !== 0,
                rawBytes: header.rawLength,
                inflateInlineBytes: plan.inflateInlineBytes,
            });
            const codec = this.#settings.registry.byId(header.codec);
            if (way === 'inline' && !header.segmented) {
                const opener = { ring, key };
                const payload = header.compression === 0
                    ? unpack(arrived, header, opener)
                    : this.#inflated(arrived, header, opener);
                const value = codec.decode(payload, false);
                const note = wish && readNote(arrived, header).note;
                return this.#found(way, { value, storedBytes: arrived.length, note }, wish);
            }
            if (!whole && wish?.accept && arrived.length >= NOTE_WITHIN) {
                if (!(await wish.accept(readNote(arrived, header).note)))
                    return this.#report.missed();
            }
            if (!whole)
                plan.sawValue(key, frameLength(header), isDecodedWhole(codec));
            const found = await this.#large.read(way, { operation, key, arrived, header });
            return found ? this.#found(way, found, wish) : this.#report.missed();
        }
        catch (error) {
            return this.#report.unreadable(key, error);
        }
    }
    /** A part of a value, or undefined where there is none, or none that can be read. */
    async readPart(operation, part) {
        const { inlineLimitBytes, registry, ring } = this.#settings;
        // By the command connection, as every read begins: so it comes after what was called before it on this key.
        const arrived = await this.#commands.head(operation, part.key, inlineLimitBytes);
        if (operation.settled)
            return undefined;
        if (arrived.length === 0)
            return this.#report.missed();
        try {
            const header = readHeader(arrived);
            this.#report.checkSize(header);
            const complete = frameLength(header) <= arrived.length && frameLength(header) < inlineLimitBytes;
            if (complete && header.compression === 0 && !header.segmented) {
                const payload = unpack(arrived, header, { ring, key: part.key });
                const value = registry.byId(header.codec).decode(payload, false);
                return this.#found('inline', { value: selectedOf(value, part), storedBytes: arrived.length });
            }
            const { hit, ...found } = await this.#large.readPart(operation, part);
            return hit ? this.#found('fetch', found) : this.#report.missed();
        }
        catch (error) {
            return this.#report.unreadable(part.key, error);
        }
    }
    /** A value that was large when it was last seen needs no first look: a worker begins with it. */
    async #readKnown({ operation, key, wish }, known) {
        const { plan } = this.#settings;
        try {
            const found = await this.#large.readKnown({ operation, key }, known);
            plan.sawValue(key, found?.storedBytes ?? 0, known.whole);
            return found ? this.#found('fetch', found, wish) : this.#report.missed();
        }
        catch (error) {
            return this.#report.unreadable(key, error);
        }
    }
    #inflated(frame, header, opener) {
        const start = performance.now();
        const payload = unpack(frame, header, opener);
        this.#settings.plan.inflated(header.rawLength, performance.now() - start);
        return payload;
    }
    #found(plan, found, wish) {
        this.#report.hit();
        const value = this.#report.read(plan, found);
        return wish ? found : value;
    }
}
