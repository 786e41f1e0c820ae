import type { PeerTarget } from './peers/peer.js';
import { type PeerId } from './peers/registry.js';
/** What the parent asks for. */
export interface MemoryTask extends PeerTarget {
    readonly id: PeerId;
    readonly operation: 'get' | 'set' | 'stream';
    readonly key: string;
    readonly bytes: number;
    readonly calls: number;
    readonly callers: number;
}
export interface MemoryAnswer {
    readonly peakOverIdleBytes: number;
}
