import { tagMark } from './layout.js';
/** A mark is kept for a day at least, so that values that live no longer need not ask for more. */
const LEAST_MARK_MS = 86_400_000;
const NONE = [];
/** The name under which a value has the generation that it was made in; no tag is called so. */
const GENERATION = '';
/**
 * What values were stamped with, and whether it still holds. A tag is one mark with a random id, which whoever stamps first
 * makes; a value is stamped with the id of each of its tags. To invalidate a tag is to remove its mark: the next one has
 * another id. A mark that was evicted or has expired outdates its values too, and none comes back.
 */
export class Tags {
    #marks;
    #generations;
    constructor(marks, generations) {
        this.#marks = marks;
        this.#generations = generations;
    }
    /** All in one round trip. With generations the present one too, so that a clear outdates what is being made. */
    stamp(names) {
        return names.length === 0 && !this.#generations ? NONE : this.#stamp(names);
    }
    async #stamp(names) {
        const generation = this.#generations?.presentOf();
        generation?.catch(() => { });
        const stamps = names.map(async (name) => [name, await this.#claim(name)]);
        const ofTags = await Promise.all(stamps);
        return generation ? [...ofTags, [GENERATION, await generation]] : ofTags;
    }
    /** All in one round trip, whatever slots the marks are in. */
    holds(stamps) {
        const ofTags = stamps.filter(([name]) => name !== GENERATION);
        const generation = stamps.find(([name]) => name === GENERATION);
        // The read that asks holds it against the store's, and is made again where that has changed.
        if (generation && this.#generations && generation[1] !== this.#generations.presentId)
            return false;
        return ofTags.length === 0 || this.#hold(ofTags);
    }
    async #hold(stamps) {
        const same = stamps.map(async ([name, id]) => id === (await this.#marks.read(tagMark(name))));
        return (await Promise.all(same)).every(Boolean);
    }
    /** Has the marks kept for as long as a value that is stamped with them. */
    async keep(stamps, ttl) {
        const ttlMs = ttl === Number.POSITIVE_INFINITY ? undefined : ttl * 1000;
        if (ttlMs !== undefined && !(ttlMs > LEAST_MARK_MS))
            return;
        const names = stamps.flatMap(([name]) => (name === GENERATION ? [] : [name]));
        // Where a mark has gone meanwhile this makes another, and the value is as outdated as before.
        await Promise.all(names.map((name) => this.#marks.claim(tagMark(name), ttlMs)));
    }
    /** Outdates every value that was stamped with this tag before. */
    invalidate(tag) {
        return this.#marks.drop(tagMark(tag));
    }
    #claim(name) {
        return this.#marks.claim(tagMark(name), LEAST_MARK_MS);
    }
}
