import type { Abortable } from './abort-watch.js';
import type { Call } from './call.js';
import type { Link, Timed } from './deadlines.js';
import { type Stage } from './early-answer.js';
import type { Access, Turn } from './key-order.js';
import type { Operation, OperationInput } from './operation.js';
import type { Operations } from './operations.js';
import type { Roomer } from './room.js';
/**
 * An operation under way, attempt by attempt. It keeps what its input says and not the input itself, a literal: of those an engine
 * that saw many outlive collections makes all later ones in the old generation, where each would keep its value until a
 * full collection. What a constructor makes is not counted.
 */
export declare class Running implements Operation, OperationInput, Turn, Abortable, Timed, Roomer {
    #private;
    readonly name: string;
    readonly key: string;
    /** As of its input, or stricter: see {@link Operations.run}. */
    readonly access: Access | 'clear';
    readonly writes: boolean;
    readonly silent: boolean | undefined;
    readonly local: boolean | undefined;
    readonly absent: OperationInput['absent'];
    readonly call: Call | undefined;
    readonly work: OperationInput['work'];
    readonly timeoutMs: number;
    /** Whether by it the breaker finds out if Redis is there again. */
    isProbe: boolean;
    stage: Stage;
    settled: boolean;
    onCancel: ((afterMs: number) => void) | undefined;
    previous: Link | undefined;
    next: Link | undefined;
    place: number;
    endsAt: number;
    roomBytes: number;
    /** Bytes of an encoded value. */
    heldBytes: number;
    /** Whether, its caller answered, it is only watched to find out a connection that is dead. */
    lingers: boolean;
    constructor(input: OperationInput, resolve: (value: unknown) => void, reject: (error: unknown) => void, all: Operations);
    get followsCommands(): boolean;
    get retries(): boolean;
    start(): void;
    hold(bytes: number): void;
    leaveCommands(): void;
    keepOwnTime(): void;
    expire(): void;
    abort(): void;
}
