import { Connection } from './connection.js';
import { fromRedis } from './redis-error.js';
/** The channel by which Redis tells RESP2 clients of changes. */
const CHANNEL = '__redis__:invalidate';
/** Asked so often within the time that an answer may take: one that is lost is not the end of the trust. */
const PINGS_PER_LIMIT = 4;
/** Failures of the connection, after which Redis did not refuse anything: they mend by trying again. */
const TRANSIENT = new Set(['ERR_CONNECTION', 'ERR_TIMEOUT', 'ERR_LOADING', 'ERR_CLOSED']);
/**
 * Server-assisted invalidation (`CLIENT TRACKING` by broadcast), over a connection of its own that carries nothing else.
 * It redirects the messages to itself, so that there is no second connection whose loss could go unnoticed, and speaks
 * RESP2: ioredis drops RESP3's pushes of this kind, and they were no faster (a median of 22 µs instead of 29 from write to
 * message). Values never come this way. Tracking is by key, not by database: a key of the same name in another one counts.
 */
export class Tracking {
    #options;
    #listener;
    #connection;
    #state = 'absent';
    #provenAt = Number.NEGATIVE_INFINITY;
    #timer;
    constructor(settings, options, listener) {
        this.#options = options;
        this.#listener = listener;
        if (settings.kind === 'cluster') {
            this.#state = 'refused';
            return;
        }
        this.#connection = new Connection(settings, 'tracking', (event) => {
            if (event.type === 'connect')
                this.#connected();
            else if (event.type === 'disconnect')
                this.#lost();
            else
                this.#failed(event.error);
        });
        // From here on it is made again for as long as it takes, and nobody waits for it, so it keeps no process alive.
        this.#connection.whenReady((abandon) => abandon(0)).catch(ignore);
    }
    get state() {
        return this.#state;
    }
    /**
     * All that changed up to this time, by `performance.now()`, has been told: messages come in order, so an answer that was
     * asked for then has every earlier one before it. `-Infinity` where nothing is known.
     */
    get provenAt() {
        return this.#provenAt;
    }
    /** Ends the connection. */
    close() {
        clearTimeout(this.#timer);
        this.#connection?.close();
        this.#provenAt = Number.NEGATIVE_INFINITY;
    }
    #connected() {
        const client = this.#connection?.ready;
        if (!client)
            return;
        this.#timer = setTimeout(() => this.#connection?.reset(), 2 * this.#options.limitMs);
        this.#timer.unref();
        this.#begin(client).catch((error) => this.#failed(error));
    }
    async #begin(client) {
        client.on('messageBuffer', (_channel, keys) => {
            this.#listener.invalidated(Array.isArray(keys) ? keys.map((key) => this.#named(key)) : undefined);
        });
        const { prefix } = this.#options;
        const id = String(await client.call('CLIENT', 'ID'));
        const which = prefix === '' ? [] : ['PREFIX', prefix];
        // NOLOOP would change nothing: it is about writes of this connection, which makes none.
        await client.call('CLIENT', 'TRACKING', 'ON', 'REDIRECT', id, 'BCAST', ...which);
        await client.subscribe(CHANNEL);
        if (this.#connection?.ready !== client)
            return;
        clearTimeout(this.#timer);
        // What was read before this is not trusted, so this is early enough.
        this.#provenAt = performance.now();
        this.#become('present');
        this.#watch(client);
    }
    /** A key as the listener knows it. Redis sends those that begin with the prefix, and no others. */
    #named(key) {
        return key.toString().slice(this.#options.prefix.length);
    }
    /** Asks for a sign of life, again and again; by a silent connection nothing would be told. */
    #watch(client) {
        const { limitMs } = this.#options;
        const askedAt = performance.now();
        client.ping().then(() => {
            if (this.#state === 'present' && this.#connection?.ready === client)
                this.#provenAt = Math.max(this.#provenAt, askedAt);
        }, (error) => this.#failed(error));
        this.#timer = setTimeout(() => {
            if (this.#state !== 'present' || this.#connection?.ready !== client)
                return;
            if (performance.now() - this.#provenAt > 2 * limitMs)
                this.#connection.reset();
            else
                this.#watch(client);
        }, limitMs / PINGS_PER_LIMIT);
        this.#timer.unref();
    }
    /** A lost connection is told by its event; what Redis refuses, it will refuse again until there is another one. */
    #failed(error) {
        const { code } = fromRedis(error, 'track');
        if (TRANSIENT.has(code) || this.#state === 'refused')
            return;
        clearTimeout(this.#timer);
        this.#provenAt = Number.NEGATIVE_INFINITY;
        this.#become('refused');
    }
    #lost() {
        clearTimeout(this.#timer);
        this.#provenAt = Number.NEGATIVE_INFINITY;
        this.#become('absent');
    }
    #become(state) {
        if (this.#state === state)
            return;
        this.#state = state;
        this.#listener.changed(state);
    }
}
function ignore() { }
