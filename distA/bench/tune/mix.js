/** Stores every value under its number, so that what comes after finds them as they are stored from then on. */
export async function storeValues(peer, { values }) {
    for (const [index, value] of values.entries()) {
        await peer.set(`${index}`, value);
        // The first of its kind may be stored in another way than those that follow.
        await peer.set(`${index}`, value);
    }
}
/** Reads and writes in the described proportion, spread evenly, over all values. */
export function callsOf(peer, { values, writeShare }) {
    return (index) => {
        const at = index % values.length;
        const writes = Math.floor((index + 1) * writeShare) > Math.floor(index * writeShare);
        return writes ? peer.set(`${at}`, values[at]) : peer.get(`${at}`);
    };
}
