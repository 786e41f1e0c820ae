import { type LargeMoved } from './large-load.js';
import type { PeerTarget } from './peers/peer.js';
import { type PeerId } from './peers/registry.js';
/** Large values beside the small requests: none, calls a second, or as many as two callers manage. */
export type LargeLoadKind = 'none' | 'back to back' | number;
/** First which cache to serve from, then what to do beside the requests, any number of times. */
export type ServiceTask = {
    readonly kind: 'open';
    readonly id: PeerId;
    readonly target: PeerTarget;
} | {
    readonly kind: 'phase';
    readonly ms: number;
    readonly large: LargeLoadKind;
};
export interface ServiceOpened {
    readonly name: string;
    readonly url: string;
}
export interface ServicePhase extends LargeMoved {
    /** CPU of the main thread, as a share of one core. */
    readonly mainCpuShare: number;
    /** CPU of all threads, as a share of one core. */
    readonly processCpuShare: number;
}
