import type { Factory, FactoryContext } from './get-or-set-options.js';
/** Calls a factory, and gives it up with `ERR_FACTORY_TIMEOUT` after a time. What it throws is passed on as it is. */
export declare function callFactory(factory: Factory<unknown>, context: Omit<FactoryContext, 'signal'>, { controller, hardMs }: {
    readonly controller: AbortController;
    readonly hardMs: number | undefined;
}): Promise<unknown>;
