import type { Bench, Scale } from './bench.js';
import { type Environment } from './environment.js';
import type { Variant } from './peers/peer.js';
import { type OpenedPeers, type PeerId } from './peers/registry.js';
import type { Result } from './result.js';
/** What a run needs to begin. */
export interface SessionSettings {
    readonly url: string;
    readonly scale: Scale;
    readonly peers: readonly PeerId[];
    /** Offloop with other settings, beside Offloop with its defaults. */
    readonly variants?: readonly Variant[];
    readonly signal?: AbortSignal | undefined;
    /** Called when everything is open, before anything is measured. */
    readonly onOpen?: (opened: Pick<Session, 'environment' | 'skipped'>) => void;
    /** Called with each result as soon as it is there. */
    readonly onResult?: (result: Result) => void;
    /** Called with each pass that ended. */
    readonly onPass?: () => void;
}
/** What a run begins with, and what it must give back at its end. */
export interface Session {
    readonly bench: Bench;
    readonly environment: Environment;
    readonly results: readonly Result[];
    readonly skipped: OpenedPeers['skipped'];
}
/**
 * Opens the peers, runs, and leaves nothing behind: no key, no connection. Rejects with `ERR_CONNECTION`, `ERR_AUTH` or
 * `ERR_PERMISSION` where Redis cannot be used.
 */
export declare function withSession<T>(settings: SessionSettings, run: (session: Session) => Promise<T>): Promise<T>;
