/** What a read resolves to that found nothing, or that Redis was away for. */
const NOTHING = { value: undefined };
/** The operations that read values. Keys are physical here. */
export class Reads {
    #operations;
    #reader;
    #replicas;
    #loading;
    constructor(operations, { reader, replicas, loading }) {
        this.#operations = operations;
        this.#reader = reader;
        this.#replicas = replicas;
        this.#loading = loading;
    }
    get(key, call) {
        return this.#operations.run({
            name: 'get',
            key,
            access: 'read',
            writes: false,
            absent: NOTHING,
            call,
            work: (operation) => this.#loading.before(operation, () => this.#replicas === undefined
                ? this.#reader.read(operation, key)
                : this.#routed(operation, key, (reader) => reader.read(operation, key))),
        });
    }
    /** A value with its note; undefined where there is none, or none with a note that is wanted. */
    getNoted(key, wish, call) {
        return this.#operations.run({
            name: 'get',
            key,
            access: 'read',
            writes: false,
            absent: NOTHING,
            call,
            work: (operation) => this.#loading.before(operation, () => this.#reader.read(operation, key, wish)),
        });
    }
    /** What is at a path of a value, or the elements of that in a range. */
    getPart(part, call) {
        const { key } = part;
        return this.#operations.run({
            name: 'get',
            key,
            access: 'read',
            writes: false,
            absent: NOTHING,
            call,
            work: (operation) => this.#loading.before(operation, () => this.#routed(operation, key, (reader) => reader.readPart(operation, part))),
        });
    }
    #routed(operation, key, read) {
        const master = this.#reader;
        const replicas = this.#replicas;
        if (replicas === undefined)
            return read(master);
        return replicas.routes.read(operation, key, { master, replica: replicas.reader, read });
    }
}
