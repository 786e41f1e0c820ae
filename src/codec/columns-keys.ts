import type { SetPlan } from './columns-plan.js';

/** A place in the keys of a set's shapes, as far as these begin alike. A record is followed through them key by key. */
export interface KeyNode {
  /** Undefined at the end of the longest shape. */
  key: string | undefined;
  next: KeyNode | undefined;
  /** What else may stand here. */
  other: KeyNode | undefined;
  /** Of the first alternative: the shape that ends here; -1 where none does. */
  shape: number;
}

/** The keys of all shapes of a set. */
export function keyNodesOf(set: SetPlan): KeyNode {
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

function emptyNode(): KeyNode {
  return { key: undefined, next: undefined, other: undefined, shape: -1 };
}
