import { describe, displayKey, OffloopError } from '../errors.js';

/** What happens to a backend, for `on`. */
export interface RedisBackendEvents {
  /** The command connection is there. */
  connect: [];
  /** It was lost, and is being made again. */
  disconnect: [];
  /** An attempt to make it failed. */
  connectionError: [error: OffloopError];
  /** A get met bytes that it could not read. They are left in place. */
  corrupt: [report: { readonly key: string; readonly error: OffloopError }];
  /** Under `onUnavailable: 'miss'` a call was answered as though there was nothing, instead of failing with the error. */
  unavailable: [report: { readonly call: string; readonly key: string; readonly error: OffloopError }];
  /** Redis did not answer, so that calls are refused at once from now on. */
  breakerOpen: [];
  /** It answers again. */
  breakerClose: [];
}

/** What listens to an event. */
export type Listener<E extends keyof RedisBackendEvents> = (...args: RedisBackendEvents[E]) => void;

/** The same, as an emitter has it. */
type AnyListener = (...args: unknown[]) => void;

const EVENTS: readonly string[] = Object.keys({
  connect: true,
  disconnect: true,
  connectionError: true,
  corrupt: true,
  unavailable: true,
  breakerOpen: true,
  breakerClose: true,
} satisfies Record<keyof RedisBackendEvents, true>);

/** The listener for an emitter. Refuses, with `ERR_OPTION`, what could never be called: no function, or an event that there is not. */
export function listenerOf(event: unknown, listener: unknown): AnyListener {
  if (typeof event !== 'string' || !EVENTS.includes(event)) {
    const received = typeof event === 'string' ? displayKey(event) : describe(event);
    throw new OffloopError(
      'ERR_OPTION',
      `the event must be one of ${EVENTS.join(', ')}, received ${received}`,
    );
  }
  if (typeof listener === 'function') return listener as AnyListener;
  throw new OffloopError(
    'ERR_OPTION',
    `the listener of ${event} must be a function, received ${describe(listener)}`,
  );
}
