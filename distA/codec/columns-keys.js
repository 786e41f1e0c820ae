/** The keys of all shapes of a set. */
export function keyNodesOf(set) {
    const root = emptyNode();
    for (const [number, { keys }] of set.shapes.entries()) {
        let first = root;
        for (const key of keys) {
            let node = first;
            while (node.key !== undefined && node.key !== key) {
                node.other ??= emptyNode();
                node = node.other;
            }
            node.key = key;
            node.next ??= emptyNode();
            first = node.next;
        }
        first.shape = number;
    }
    return root;
}
function emptyNode() {
    return { key: undefined, next: undefined, other: undefined, shape: -1 };
}
