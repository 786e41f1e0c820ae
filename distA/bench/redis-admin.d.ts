import { type IoredisClient } from './peers/ioredis-client.js';
/** The bench's own hand on the server, apart from every peer: fills, counts and removes the keys of a run. */
export declare class RedisAdmin {
    #private;
    readonly redis: IoredisClient;
    private constructor();
    static connect(url: string): Promise<RedisAdmin>;
    /** Writes `count` small keys named by their number after the prefix. In Lua, as a million SETs would take longer. */
    fill(prefix: string, count: number, value?: string): Promise<void>;
    /** How many of the keys of {@link fill} are there with their value. */
    countFilled(prefix: string, count: number, value?: string): Promise<number>;
    /** Bytes of all strings whose key holds these texts in this order: peers put their own names around a key. */
    storedBytes(...fragments: readonly string[]): Promise<number>;
    /** Bytes that the server has sent to all its clients since it started, this question's answer not yet counted. */
    bytesSent(): Promise<number>;
    /** Removes every key that holds this text. */
    sweep(fragment: string): Promise<void>;
    close(): Promise<void>;
}
