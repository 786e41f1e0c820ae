import type { FlatOptions } from '../options.js';
import type { BreakerSettings } from '../redis/breaker.js';
import type { OperationsSettings } from '../redis/operations.js';
import type { RoomLimits } from '../redis/room.js';
/** How much a backend, its views included, takes on. */
export interface OverloadOptions {
    /** Operations under way on the command connection, 1 to 1,000,000; others wait in their order. @default 10000 */
    readonly maxInFlight?: number;
    /** Bytes of those, 1 MB to 16 GB: values sent, and `inlineLimitBytes` for each get. @default 536870912 */
    readonly maxBytesInFlight?: number;
    /** Operations under way or waiting, by either lane, 1 to 10,000,000; more are `ERR_OVERLOADED` at once. @default 200000 */
    readonly maxPending?: number;
    /** Bytes of encoded values that those hold, 1 MB to 64 GB; more are `ERR_OVERLOADED` at once. @default 2147483648 */
    readonly maxPendingBytes?: number;
}
/** When calls fail at once with `ERR_UNAVAILABLE`, because Redis did not answer the last ones. */
export interface BreakerOptions {
    /** @default true */
    readonly enabled?: boolean;
    /** Calls in a row without an answer, after which it opens, 1 to 1,000,000. @default 20 */
    readonly failures?: number;
    /** It opens only when they have gone on failing for so many ms, 0 to 600,000. @default 1000 */
    readonly windowMs?: number;
    /** Milliseconds after which Redis is asked again, 10 to 600,000; earlier once it is connected. @default 1000 */
    readonly openMs?: number;
    /** Calls that ask it at a time, 1 to 10,000. @default 1 */
    readonly probes?: number;
}
/** What decides how calls fare when Redis is slow or away. */
export interface Availability {
    readonly operations: OperationsSettings;
    readonly overload: RoomLimits;
    readonly breaker: BreakerSettings;
}
/** Reads it from options that were checked. */
export declare function resolveAvailability(flat: FlatOptions): Availability;
