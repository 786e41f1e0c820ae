/** How much may be under way on the command connection. */
export interface RoomLimits {
    readonly maxInFlight: number;
    readonly maxBytesInFlight: number;
}
/** What takes room: the bytes that it has taken, 0 for none. */
export interface Roomer {
    roomBytes: number;
}
/**
 * Room on the command connection, by count and by bytes: what ioredis and the socket have to hold at most. One that is larger than
 * all of it is let in alone. Those that wait are let in one after another, in the order of their coming.
 */
export declare class Room {
    #private;
    constructor(limits: RoomLimits);
    get count(): number;
    get bytes(): number;
    /** Whether there was room, which is then taken until {@link leave}. */
    take(roomer: Roomer, bytes: number): boolean;
    /** Resolves when there is room, which is then taken until {@link leave}. */
    enter(roomer: Roomer, bytes: number): Promise<void>;
    /** Gives room back; does nothing where none was taken. */
    leave(roomer: Roomer): void;
}
