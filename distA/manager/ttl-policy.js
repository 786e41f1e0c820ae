import { assertKnownOptions } from '../backends/arguments.js';
import { MAX_TTL_SECONDS } from '../backends/cache-backend.js';
import { describe, displayKey, OffloopError } from '../errors.js';
import { isPlainObject } from './canonical-json.js';
/** Seconds by type, where the policy is not told otherwise. */
export const STANDARD_TTLS = {
    embedding: 86_400,
    retrieval: 3_600,
    context: 1_800,
    response: 600,
};
const STANDARD_DEFAULT = 3_600;
const OPTIONS = new Set(['default', 'byType']);
/**
 * How long values live that are set without a TTL of their own, by their type.
 *
 * A `default` of your own rules every type that `byType` does not name, so that `new TtlPolicy({ default: 60 })`
 * never keeps anything for longer than a minute. Without it the types of {@link STANDARD_TTLS} keep theirs.
 */
export class TtlPolicy {
    /** Seconds for every type without its own; `Infinity` means for ever. */
    default;
    #byType;
    /** @throws OffloopError `ERR_OPTION` for an unknown option, or a TTL out of its bounds. */
    constructor(options = {}) {
        assertKnownOptions(options, OPTIONS, 'TtlPolicy');
        const { default: fallback = STANDARD_DEFAULT, byType = {} } = options;
        if (!isPlainObject(byType)) {
            throw new OffloopError('ERR_OPTION', `byType must be a plain object, received ${describe(byType)}`);
        }
        assertTtl(fallback, 'default');
        for (const [type, ttl] of Object.entries(byType))
            assertTtl(ttl, `byType[${displayKey(type)}]`);
        const inherited = options.default === undefined ? STANDARD_TTLS : {};
        this.default = fallback;
        this.#byType = new Map(Object.entries({ ...inherited, ...byType }));
    }
    /** Seconds for a type; `Infinity` means for ever. */
    ttlFor(type) {
        return this.#byType.get(type) ?? this.default;
    }
}
function assertTtl(ttl, name) {
    if (typeof ttl === 'number' && ttl > 0 && (ttl <= MAX_TTL_SECONDS || ttl === Infinity))
        return;
    throw new OffloopError('ERR_OPTION', `${name} must be a number of seconds above 0 and at most ${MAX_TTL_SECONDS}, or Infinity, received ${describe(ttl)}`);
}
