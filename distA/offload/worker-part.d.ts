import type { CodecRegistry } from '../codec/registry.js';
import type { FetchPartTask, Missing, Payload } from './tasks.js';
import { type FrameFetcher } from './worker-fetch.js';
/** Gets a part of a value, by the segments that it lies in where there are such. */
export declare function fetchPart(task: FetchPartTask, { registry, fetcher }: {
    readonly registry: CodecRegistry;
    readonly fetcher: FrameFetcher;
}): Promise<Payload | Missing>;
