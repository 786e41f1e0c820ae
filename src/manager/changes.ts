import type { Production } from './production.js';
import type { Domain } from './under-way.js';

/**
 * Changes of keys. From the call on what is being made for them is outdated: it is given to those who wait for it, and not stored. Its
 * lease is given back when the change is done, not before: who waits for it is to find what was set.
 */
export class Changes {
  readonly #domain: Domain;

  constructor(domain: Domain) {
    this.#domain = domain;
  }

  /** Sets or removes a key. */
  ofKey<T>(key: string, change: () => Promise<T>): Promise<T> {
    const { underWay, prefix } = this.#domain;
    const outdated = underWay.supersede(prefix + key);
    return outdated ? thenRelease([outdated], change) : change();
  }

  /** Invalidates a tag. Whoever comes from now on looks for his value anew. */
  ofTag<T>(tag: string, change: () => Promise<T>): Promise<T> {
    const { tagPrefix } = this.#domain;
    return this.#ofAll(tagPrefix, change, (production) => production.hasTag(tagPrefix, tag));
  }

  /** Removes all keys, those of views too. */
  ofAll<T>(change: () => Promise<T>): Promise<T> {
    return this.#ofAll(this.#domain.prefix, change, () => true);
  }

  #ofAll<T>(
    prefix: string,
    change: () => Promise<T>,
    isOutdated: (production: Production) => boolean,
  ): Promise<T> {
    const { underWay } = this.#domain;
    const outdated: Production[] = [];
    for (const [name, production] of underWay.productions) {
      if (!name.startsWith(prefix) || !isOutdated(production)) continue;
      underWay.supersede(name);
      outdated.push(production);
    }
    underWay.vacateAll(prefix);
    return thenRelease(outdated, change);
  }
}

async function thenRelease<T>(outdated: readonly Production[], change: () => Promise<T>): Promise<T> {
  try {
    return await change();
  } finally {
    for (const production of outdated) production.release();
  }
}
