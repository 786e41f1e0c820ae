import type { OffloopError } from '../errors.js';
/** What happens to a backend, for `on`. */
export interface RedisBackendEvents {
    /** The command connection is there. */
    connect: [];
    /** It was lost, and is being made again. */
    disconnect: [];
    /** An attempt to make it failed. */
    connectionError: [error: OffloopError];
    /** A get met bytes that it could not read. They are left in place. */
    corrupt: [report: {
        readonly key: string;
        readonly error: OffloopError;
    }];
    /** Under `onUnavailable: 'miss'` a call was answered as though there was nothing, instead of failing with the error. */
    unavailable: [report: {
        readonly call: string;
        readonly key: string;
        readonly error: OffloopError;
    }];
    /** Redis did not answer, so that calls are refused at once from now on. */
    breakerOpen: [];
    /** It answers again. */
    breakerClose: [];
}
/** What listens to an event. */
export type Listener<E extends keyof RedisBackendEvents> = (...args: RedisBackendEvents[E]) => void;
/** The same, as an emitter has it. */
export type AnyListener = (...args: unknown[]) => void;
