import { type Factory, type GetOrSetOptions, type ModuleFactory } from './get-or-set-options.js';
import { type Workshop } from './production.js';
/** Gets values, and makes those that are not there: one at a time for each key. */
export declare class GetOrSet {
    #private;
    constructor(workshop: Workshop);
    /** See `CacheManager.getOrSet`. */
    run(key: string, factory: Factory<unknown> | ModuleFactory, options: GetOrSetOptions<never> | undefined): Promise<unknown>;
    /** The key was set or removed: what is being made for it is outdated. */
    supersede(key: string): void;
    /** The same of what is being made with a tag. Whoever comes from now on looks for his value anew. */
    supersedeTagged(tag: string): void;
    /** The same of all keys. */
    supersedeAll(): void;
    /** Ends what is being made. */
    close(): void;
}
