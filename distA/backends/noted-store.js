/** Under this a backend of ours has its {@link NotedStore}. */
export const NOTED = Symbol('offloop.noted');
/**
 * The noted store of a backend; undefined where it has none, or is of a class of the user's with a `get` or `set` of its own, which
 * notes would go past.
 */
export function notedStoreOf(backend) {
    if (!(NOTED in backend))
        return undefined;
    let ours = backend;
    while (ours !== null && !Object.hasOwn(ours, NOTED))
        ours = Object.getPrototypeOf(ours);
    const { get, set } = ours;
    return backend.get === get && backend.set === set ? backend[NOTED] : undefined;
}
