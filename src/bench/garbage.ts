import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

type Collector = (...options: readonly { readonly type: 'minor' }[]) => void;

let collector: Collector | undefined;

/**
 * Clears the young generation between two contenders, so that neither pays for the short-lived garbage of the other.
 * Never a full collection: that also throws away optimized code, and a short pass after it measures the compiler.
 * (1 KB gets by 200 callers, 60 ms a pass: 46,000 a second after full collections, 103,000 without.)
 *
 * Twice, because what a large value that is dead by now has put into the old generation keeps the rest of it: the first collection
 * copies that, and the next contender would pay for moving it away. (8 MB of records behind one that was decoded: 15 to 20 ms
 * to encode instead of 7.5.)
 */
export function collectYoungGarbage(): void {
  collector ??= exposeCollector();
  collector({ type: 'minor' });
  collector({ type: 'minor' });
}

/** A full collection, before memory is read. */
export function collectAllGarbage(): void {
  collector ??= exposeCollector();
  collector();
}

/** Here and not on the command line, so that `node build/bench/main.js` is the whole command. */
function exposeCollector(): Collector {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect !== 'function') throw new Error('this Node does not expose its garbage collector');
  // Not even `undefined` may be passed on where nothing is: Node 24 takes that for a small collection.
  return (...options) => void collect(...options);
}
