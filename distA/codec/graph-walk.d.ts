import { OpenContainer } from './graph-open.js';
import { GraphSegment } from './graph-segment.js';
/** Is told of the end of containers. */
export interface EndWatcher {
    ended(open: OpenContainer, level: number): void;
}
/**
 * Walks through one value and writes it. Where a segment is full, between two elements of a container, the calls that
 * are open return one after another, each leaving an {@link OpenContainer} from which the next segment goes on.
 */
export declare class GraphWalk extends GraphSegment {
    #private;
    /** @param limit bytes that a segment is to have, about */
    constructor(limit: number, { hasBatches }: {
        hasBatches: boolean;
    });
    /** Writes a value, or the first segment of it. */
    start(value: unknown): void;
    /**
     * Writes the next segment, beginning where the stack, the outermost first, says. The watcher is told of each
     * container of the stack that has ended.
     */
    resume(stack: readonly OpenContainer[], watcher: EndWatcher): void;
}
