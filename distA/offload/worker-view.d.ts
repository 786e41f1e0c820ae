import type { CodecRegistry } from '../codec/registry.js';
import type { FetchViewTask, Missing, Payload } from './tasks.js';
import { type FrameFetcher } from './worker-fetch.js';
/** Gets another form of a value: its bytes, as a payload of no codec, or its text, as one of the raw codec. */
export declare function fetchView(task: FetchViewTask, { registry, fetcher }: {
    readonly registry: CodecRegistry;
    readonly fetcher: FrameFetcher;
}): Promise<Payload | Missing>;
