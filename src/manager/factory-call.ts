import { displayKey, OffloopError } from '../errors.js';
import type { Factory, FactoryContext } from './get-or-set-options.js';

/**
 * Calls a factory, and gives it up where its signal fires, which it does with `ERR_FACTORY_TIMEOUT` after a time: one that does not
 * heed its signal would hold its key for ever. What it throws is passed on as it is.
 */
export async function callFactory(
  factory: Factory<unknown>,
  context: Omit<FactoryContext, 'signal'>,
  { controller, hardMs }: { readonly controller: AbortController; readonly hardMs: number | undefined },
): Promise<unknown> {
  const { signal } = controller;
  const givenUp = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  const made = (async () => factory({ ...context, signal }))();
  const timer =
    hardMs === undefined
      ? undefined
      : setTimeout(() => controller.abort(tooSlow(context.key, hardMs)), hardMs);
  try {
    return await Promise.race([givenUp, made]);
  } finally {
    clearTimeout(timer);
  }
}

function tooSlow(key: string, hardMs: number): OffloopError {
  const text = `getOrSet ${displayKey(key)}: the factory took longer than ${hardMs / 1_000} s (hardTimeout)`;
  return new OffloopError('ERR_FACTORY_TIMEOUT', text);
}
