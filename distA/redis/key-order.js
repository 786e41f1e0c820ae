/**
 * Program order of each key, across lanes and connections: the results are those of running the operations on a key
 * one after another in the order of their calls. Different keys do not wait for each other.
 */
export class KeyOrder {
    #keys = new Map();
    #barriers = [];
    /** Turns that have come and not started: started one after another, since each may release the next. */
    #ready = [];
    #releasing = false;
    /** True where the operation may run at once; else `turn.start()` is called when it may. Either way it must leave. */
    enter(key, access, turn) {
        if (this.#barriers.length > 0) {
            const barrier = this.#barriers.findLast(({ prefix }) => key.startsWith(prefix));
            if (barrier) {
                barrier.held.push({ key, access, turn });
                return false;
            }
        }
        return this.#enterKey(key, access, turn);
    }
    #enterKey(key, access, turn) {
        const state = this.#keys.get(key);
        if (state === undefined) {
            this.#keys.set(key, {
                command: access === 'command' ? 1 : 0,
                read: access === 'read' ? 1 : 0,
                bulk: access === 'bulk' ? 1 : 0,
                waiting: undefined,
            });
            return true;
        }
        if (state.waiting === undefined && mayRun(state, access)) {
            state[access]++;
            return true;
        }
        state.waiting ??= [];
        state.waiting.push({ access, turn });
        return false;
    }
    /** Whether commands on a key have been sent whose answers are still to come. */
    hasCommands(key) {
        return (this.#keys.get(key)?.command ?? 0) > 0;
    }
    /** The end of an operation that had its turn. */
    leave(key, access) {
        const state = this.#keys.get(key);
        if (state === undefined)
            return;
        state[access]--;
        const ready = [];
        while (state.waiting?.[0] && mayRun(state, state.waiting[0].access)) {
            const next = state.waiting.shift();
            if (!next)
                break;
            state[next.access]++;
            ready.push(next.turn);
        }
        if (state.waiting?.length === 0)
            state.waiting = undefined;
        if (state.command + state.read + state.bulk === 0)
            this.#keys.delete(key);
        for (const barrier of this.#barriers)
            if (key.startsWith(barrier.prefix))
                this.#arrive(barrier);
        this.#release(ready);
    }
    /** As {@link enter}, for a clear of all keys that begin with a prefix. */
    enterClear(prefix, turn) {
        let before = 0;
        for (const [key, state] of this.#keys) {
            if (key.startsWith(prefix))
                before += state.command + state.read + state.bulk + (state.waiting?.length ?? 0);
        }
        for (const barrier of this.#barriers) {
            if (!overlap(barrier.prefix, prefix))
                continue;
            before += 1 + barrier.held.filter(({ key }) => key.startsWith(prefix)).length;
        }
        this.#barriers.push({ prefix, before, held: [], turn });
        return before === 0;
    }
    /** The end of a clear that had its turn. */
    leaveClear(turn) {
        const index = this.#barriers.findIndex((barrier) => barrier.turn === turn);
        const [ended] = index < 0 ? [] : this.#barriers.splice(index, 1);
        if (!ended)
            return;
        for (const barrier of this.#barriers.slice(index))
            if (overlap(barrier.prefix, ended.prefix))
                this.#arrive(barrier);
        for (const { key, access, turn: held } of ended.held) {
            if (this.#enterKey(key, access, held))
                this.#release([held]);
        }
    }
    /** One of those that a clear waits for has ended. */
    #arrive(barrier) {
        if (barrier.before === 0)
            return;
        barrier.before--;
        if (barrier.before === 0)
            this.#release([barrier.turn]);
    }
    /** Not by recursion: thousands of operations that ran out of time on one key would overflow the stack. */
    #release(turns) {
        this.#ready.push(...turns);
        if (this.#releasing)
            return;
        this.#releasing = true;
        while (this.#ready.length > 0) {
            const batch = this.#ready;
            this.#ready = [];
            for (const turn of batch)
                turn.start();
        }
        this.#releasing = false;
    }
}
/** A command may follow commands, a read may follow commands and reads; all else waits. */
function mayRun(state, access) {
    if (state.bulk > 0)
        return false;
    if (access === 'read')
        return true;
    return access === 'command' ? state.read === 0 : state.read + state.command === 0;
}
function overlap(left, right) {
    return left.startsWith(right) || right.startsWith(left);
}
