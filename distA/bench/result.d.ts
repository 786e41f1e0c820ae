import type { MetricId } from './metrics.js';
import type { Row } from './rounds.js';
/** What every row of a table did: what the charts of a report are drawn over. */
export interface ResultFacts {
    /** What was called. */
    readonly operation: 'get' | 'set' | 'mixed' | 'getMany' | 'setMany' | 'clear' | 'busy' | 'memory' | 'codecs';
    /** JSON text of one value, in bytes; absent where values of several sizes move. */
    readonly bytes?: number;
    /** Callers at a time. */
    readonly callers?: number;
}
/** One table: contenders that did the same work in the same rounds. */
export interface Result {
    /** The scenario's name on the command line. */
    readonly scenario: string;
    /** What was done, for the table's head: operation, value, callers. */
    readonly title: string;
    readonly facts: ResultFacts;
    /** The metrics that the table shows, in order; the JSON file has all. */
    readonly columns: readonly MetricId[];
    /** The row that is compared. @default Offloop */
    readonly ours?: string;
    /** The row that ours is compared with. @default ioredis + JSON */
    readonly baseline?: string;
    readonly rows: readonly Row[];
    /** What a reader must know to read the figures. */
    readonly notes?: readonly string[];
}
