import type { ScopeStore } from '../backends/scope-store.js';
import type { Validity } from './entries.js';
import type { Stamp } from './entry-note.js';
import type { GenerationBackend } from './generation-backend.js';
/**
 * What values were stamped with, and whether it still holds. A tag is one mark with a random id, which whoever stamps first
 * makes; a value is stamped with the id of each of its tags. To invalidate a tag is to remove its mark: the next one has
 * another id. A mark that was evicted or has expired outdates its values too, and none comes back.
 */
export declare class Tags implements Validity {
    #private;
    constructor(marks: ScopeStore, generations: GenerationBackend | undefined);
    /** All in one round trip. With generations the present one too, so that a clear outdates what is being made. */
    stamp(names: readonly string[]): readonly Stamp[] | Promise<readonly Stamp[]>;
    /** All in one round trip, whatever slots the marks are in. */
    holds(stamps: readonly Stamp[]): boolean | Promise<boolean>;
    /** Has the marks kept for as long as a value that is stamped with them. */
    keep(stamps: readonly Stamp[], ttl: number): Promise<void>;
    /** Outdates every value that was stamped with this tag before. */
    invalidate(tag: string): Promise<void>;
}
