import { KeyRing } from '../frame/key-ring.js';
import type { SealMethod } from '../frame/value-seal.js';
/** The keys that stored values are sealed by. */
export interface SealOptions {
    /**
     * Keys by an identifier of 1 to 32 letters, digits, `.`, `_` and `-`, which stands readable in what is stored. Each is 32
     * random bytes, or these in hexadecimal or base64; a password is none. A value is opened by the key that it names.
     */
    readonly keys: Readonly<Record<string, Uint8Array | string>>;
    /** The identifier of the key that new values are sealed by. @default the only one */
    readonly current?: string;
    /** Whether values that are not sealed are read as well, while old ones are still there. @default false */
    readonly allowPlain?: boolean;
}
type Environment = Readonly<Record<string, string | undefined>>;
/** The keys of the options, else of the environment; undefined where there are none. Throws `ERR_OPTION`, which tells no key. */
export declare function resolveRing(given: Readonly<Record<SealMethod, unknown>>, environment: Environment): KeyRing | undefined;
export {};
