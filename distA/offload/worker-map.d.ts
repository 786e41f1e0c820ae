import type { CodecRegistry } from '../codec/registry.js';
import type { MapTask, Missing, Payload } from './tasks.js';
import { type FrameFetcher } from './worker-fetch.js';
type UserFunction = (...args: readonly unknown[]) => unknown;
type Named = Pick<MapTask, 'module' | 'exportName'>;
/** Calls a function of the user's on a value. What it returns goes back; what it throws is `ERR_MAP`. */
export declare function mapValue(task: MapTask, { registry, fetcher }: {
    readonly registry: CodecRegistry;
    readonly fetcher: FrameFetcher;
}): Promise<Payload | Missing>;
/** A function of the user's, which rejects with `ERR_MAP` where it throws. Throws `ERR_MAP` where it is not there. */
export declare function loadFunction(task: Named, call: string): Promise<UserFunction>;
export {};
