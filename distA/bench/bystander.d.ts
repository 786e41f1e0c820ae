/**
 * Another client of the same server, in a thread of its own, so that what it waits for is the server and not our
 * event loop.
 */
export declare class Bystander {
    #private;
    private constructor();
    static start(url: string, key: string): Promise<Bystander>;
    /** Runs the work and answers what the other client's questions took meanwhile, ascending, in milliseconds. */
    during(work: () => Promise<unknown>): Promise<Float64Array>;
    close(): Promise<void>;
}
