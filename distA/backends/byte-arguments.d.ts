import type { Call } from '../redis/call.js';
import type { RetrySettings } from '../redis/retry.js';
import { type BytesOptions } from './redis-arguments.js';
/** The options of a `setBytes` or `setStream`, checked. Throws `ERR_OPTION` and `ERR_TTL`. */
export declare function readBytesOptions(options: BytesOptions | undefined, name: 'setBytes' | 'setStream', retry: RetrySettings): {
    readonly ttlMs: number | undefined;
    readonly call: Call | undefined;
    readonly contentType: string | undefined;
};
/** The bytes of a `setBytes`, as a view of them. Throws `ERR_VALUE`. */
export declare function bytesGiven(bytes: unknown): Buffer;
/** What a `map` names. */
export interface MapTarget {
    readonly module: string;
    readonly exportName: string;
    readonly args: readonly unknown[];
}
/** The function of a `map`, or of another call that names one, checked as far as main can. Throws `ERR_OPTION`. */
export declare function moduleTarget({ module, exportName, args }: {
    readonly [N in keyof MapTarget]: unknown;
}, call: string): MapTarget;
