import { assertKey } from '../backends/arguments.js';
import { describe, OffloopError } from '../errors.js';

/** Begins every key that a manager makes for itself. No key of a caller may. */
const RESERVED = '~offloop:';

/** The mark that holds the id of the present generation. */
export const GENERATION_MARK = `${RESERVED}generation`;

/** Begins the keys of all generations. */
export const GENERATIONS = `${RESERVED}g:`;

/** Begins the keys of one generation. Ids hold no colon. */
export function generationPrefix(id: string): string {
  return `${GENERATIONS}${id}:`;
}

/** The mark that holds the id of a tag. */
export function tagMark(tag: string): string {
  return `${RESERVED}tag:${tag}`;
}

/** Begins the keys of a tenant. Throws `ERR_KEY` for an id that cannot be a key. */
export function tenantPrefix(id: string): string {
  assertKey(id, 'the id of a tenant');
  return `${RESERVED}tenant:${escaped(id)}:`;
}

/** Begins the keys of a version of a schema. */
export function versionPrefix(version: string): string {
  return `${RESERVED}version:${escaped(version)}:`;
}

/** Refuses, with `ERR_KEY`, what cannot be a key, or would reach into what a manager keeps for itself. */
export function assertOwnKey(key: unknown): asserts key is string {
  if (typeof key === 'string' && !key.startsWith(RESERVED)) return;
  assertKey(key);
  throw new OffloopError(
    'ERR_KEY',
    `a key may not begin with ${RESERVED}, which is kept for tenants and tags`,
  );
}

/** The tags of a call. Refuses, with `ERR_OPTION`, what is no list of non-empty, well-formed strings. */
export function readTags(tags: unknown, call: string): readonly string[] {
  if (tags === undefined) return [];
  if (!Array.isArray(tags))
    throw new OffloopError('ERR_OPTION', `${call}: tags must be an array, received ${describe(tags)}`);
  for (const tag of tags) assertTag(tag, call);
  return [...new Set<string>(tags)];
}

/** Refuses, with `ERR_OPTION`, what is no tag. */
export function assertTag(tag: unknown, call: string): asserts tag is string {
  if (typeof tag === 'string' && tag !== '' && tag.isWellFormed()) return;
  const received = typeof tag === 'string' && tag !== '' ? 'a lone surrogate' : describe(tag);
  throw new OffloopError(
    'ERR_OPTION',
    `${call}: a tag must be a non-empty, well-formed string, received ${received}`,
  );
}

/** Different texts have different escapes, and none holds the colon that ends it, or means anything in a pattern. */
function escaped(text: string): string {
  return encodeURIComponent(text).replace(
    /[*'()!~]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
