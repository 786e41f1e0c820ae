import { OffloopError } from '../errors.js';
import { Connection } from '../redis/connection.js';
import { UNKNOWN_OUTCOME } from '../redis/early-answer.js';
import { fromRedis } from '../redis/redis-error.js';
/** The connections of one worker thread: one for each set of settings, shared by the backends that have them. */
export class WorkerConnections {
    #kept = new Map();
    /** Runs a command on the connection that is wished for, within the time that is left for it. */
    async use(wish, command) {
        const { name, writes } = command;
        assertInTime(wish, name);
        const kept = this.#take(wish.connection);
        let timer;
        let sent = false;
        let abandon = (_afterMs) => { };
        const wholeMs = Math.round(timeLeft(wish));
        const limit = new Promise((_, reject) => {
            const expire = () => {
                abandon(wholeMs);
                if (sent)
                    kept.connection.reset();
                const text = sent ? 'Redis did not answer' : 'no connection to Redis; nothing was sent';
                const told = `${name}: ${text} in time${sent && writes ? UNKNOWN_OUTCOME : ''}`;
                const code = sent ? 'ERR_TIMEOUT' : 'ERR_CONNECTION';
                reject(new OffloopError(code, told, writes ? outcomeOf(sent) : undefined));
            };
            // After the sockets have been read: compression may have blocked this thread while the answer came.
            timer = setTimeout(() => setImmediate(expire), timeLeft(wish));
        });
        try {
            const ready = kept.connection.whenReady((giveUp) => {
                abandon = giveUp;
            });
            const work = ready.then((client) => {
                assertInTime(wish, name);
                sent = true;
                return command.send(client);
            });
            return await Promise.race([work, limit]);
        }
        catch (error) {
            const ours = fromRedis(error, name);
            if (ours === error || !writes || ours.outcome !== undefined)
                throw ours;
            const told = sent ? ours.message + UNKNOWN_OUTCOME : ours.message;
            throw new OffloopError(ours.code, told, outcomeOf(sent));
        }
        finally {
            clearTimeout(timer);
            this.#giveBack(wish, kept);
        }
    }
    #take(text) {
        let kept = this.#kept.get(text);
        if (!kept) {
            const settings = JSON.parse(text);
            const connection = new Connection(settings, 'bulk', () => { });
            kept = { connection, users: 0, idle: undefined };
            this.#kept.set(text, kept);
        }
        clearTimeout(kept.idle);
        kept.users++;
        kept.connection.reference(true);
        return kept;
    }
    #giveBack(wish, kept) {
        if (--kept.users > 0)
            return;
        kept.connection.reference(false);
        kept.idle = setTimeout(() => {
            kept.connection.close();
            this.#kept.delete(wish.connection);
        }, wish.idleTimeoutMs);
        kept.idle.unref();
    }
}
/** Throws `ERR_TIMEOUT` where the caller of a task has been answered by now: nothing may be done for it any more. */
export function assertInTime({ endsAt }, name) {
    if (timeLeft({ endsAt }) > 0)
        return;
    throw new OffloopError('ERR_TIMEOUT', `${name}: its time was up before a worker came to it; nothing was sent`, 'not-applied');
}
function outcomeOf(sent) {
    return sent ? 'unknown' : 'not-applied';
}
function timeLeft({ endsAt }) {
    return endsAt - performance.timeOrigin - performance.now();
}
