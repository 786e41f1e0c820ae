import { OffloopError } from '../errors.js';
import { CommandLane } from './command-lane.js';
import { Connection } from './connection.js';
import { RecentWrites } from './recent-writes.js';
import { fromRedis } from './redis-error.js';
/** What a replica fails with that a master may not. */
const UNREACHABLE = new Set([
    'ERR_CONNECTION',
    'ERR_TIMEOUT',
    'ERR_LOADING',
    'ERR_AUTH',
    'ERR_AUTH_REQUIRED',
    'ERR_PERMISSION',
    'ERR_SERVER',
]);
/** How much of the time of a call a replica may take before a master is asked. */
export const REPLICA_SHARE = 0.5;
/**
 * Reads from replicas, over connections of their own. From a master is read whatever this process is writing or wrote within the
 * last second, and what a replica cannot give: it is away, or does not answer within half of the time of the call.
 */
export class Replicas {
    commands;
    #connection;
    #timeoutMs;
    #writes = new RecentWrites();
    /** Whether a connection was asked for and has not come. */
    #isWaiting = false;
    #pinned = false;
    #reads = 0;
    #fallbacks = 0;
    constructor(settings, room) {
        this.#timeoutMs = settings.timeoutMs;
        // What happens to it concerns nobody: the master is asked instead, which is counted.
        this.#connection = new Connection(settings, 'command', () => { });
        this.commands = new CommandLane(this.#connection, room);
    }
    stats() {
        return {
            connected: this.#connection.ready !== undefined,
            reads: this.#reads,
            fallbacks: this.#fallbacks,
        };
    }
    reference(wanted) {
        this.#connection.reference(wanted);
    }
    /** From now on all is read from masters: somebody keeps what he reads until he is told that it has changed. */
    pin() {
        this.#pinned = true;
    }
    /** The end of work that writes a key, or any key where none is given. */
    written(work, key) {
        return work.finally(() => {
            if (key === undefined)
                this.#writes.noteAll();
            else
                this.#writes.note(key);
        });
    }
    /** Reads by the one reader or by the other. */
    async read(operation, key, { master, replica, read }) {
        const mayBeOld = this.#pinned || operation.followsCommands || this.#writes.has(key);
        if (mayBeOld)
            return read(master);
        if (this.#connection.ready === undefined) {
            this.#connect();
            this.#fallbacks++;
            return read(master);
        }
        try {
            const found = await this.#inItsShare(operation, read(replica));
            this.#reads++;
            return found;
        }
        catch (error) {
            if (operation.settled || !UNREACHABLE.has(fromRedis(error, 'get').code))
                throw error;
            this.#fallbacks++;
            return read(master);
        }
    }
    close() {
        this.#connection.close();
    }
    /** Not for this call, but for the next ones. */
    #connect() {
        if (this.#isWaiting)
            return;
        this.#isWaiting = true;
        const ended = () => {
            this.#isWaiting = false;
        };
        this.#connection
            .whenReady((abandon) => setTimeout(abandon, this.#timeoutMs, this.#timeoutMs).unref())
            .then(ended, ended);
    }
    async #inItsShare(operation, work) {
        let timer;
        const limit = new Promise((_, reject) => {
            timer = setTimeout(() => {
                // A worker keeps its own time.
                if (operation.stage !== 'sent')
                    return;
                this.#connection.reset();
                reject(new OffloopError('ERR_TIMEOUT', 'a replica did not answer in time'));
            }, (operation.endsAt - performance.now()) * REPLICA_SHARE);
        });
        try {
            return await Promise.race([work, limit]);
        }
        finally {
            clearTimeout(timer);
        }
    }
}
