/** A server that belongs to this run. */
export interface SpawnedRedis {
    readonly url: string;
    stop(): Promise<void>;
}
/** Where a throwaway server can come from. */
export type SpawnWay = {
    readonly kind: 'program';
    readonly path: string;
} | {
    readonly kind: 'docker';
};
/** What the choice has to know; each is asked only when its turn has come. */
export interface SpawnProbes {
    onPath(name: string): Promise<string | undefined>;
    dockerAnswers(): Promise<boolean>;
}
/** A program on the PATH, redis-server first, else Docker. Throws `ERR_OPTION` where there is neither. */
export declare function chooseWay(probes: SpawnProbes): Promise<SpawnWay>;
/** Starts a server on 127.0.0.1 that keeps nothing on disk. It ends with this process, also where that is killed. */
export declare function spawnRedis(): Promise<SpawnedRedis>;
