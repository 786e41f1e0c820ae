import { OffloopError, type Outcome } from '../errors.js';
/** How far an operation has come; decides what its running out of time, or its abort, means. */
export type Stage = 'ordered' | 'connecting' | 'crowded' | 'queued' | 'working' | 'sent';
/** What an operation is called in a message. */
interface Named {
    readonly name: string;
    readonly key: string;
    readonly writes: boolean;
}
/** For writes that Redis may have got. */
export declare const UNKNOWN_OUTCOME = "; the outcome is unknown";
/** What the caller of an operation is told whose time was up. */
export declare function outOfTime(operation: Named, stage: Stage, timeoutMs: number): OffloopError;
/** What the caller of an operation is told whose signal fired. The signal's reason is the caller's, and not in it. */
export declare function aborted(operation: Named, stage: Stage): OffloopError;
/** What a caller is told whose signal had fired before he called. A batch has no key. */
export declare function abortedAtCall({ name, key, writes, }: Pick<Named, 'name' | 'writes'> & {
    readonly key?: string;
}): OffloopError;
/** What an operation is called in a message. */
export declare function title({ name, key }: Pick<Named, 'name' | 'key'>): string;
/** What an operation that came so far has done; undefined where it writes nothing. */
export declare function outcomeAt({ writes }: Pick<Named, 'writes'>, stage: Stage): Outcome | undefined;
export {};
