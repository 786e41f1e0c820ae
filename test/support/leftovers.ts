import { readdirSync, readFile, readlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** What a process holds: by kind, how many. */
export type Holdings = Readonly<Record<string, number>>;

/** How long what has been closed may take to be gone. */
const PATIENCE_MS = 5_000;
const POOL_THREADS = 16;
/** A timer of a test runner comes and goes. */
const IGNORED = new Set(['Timeout', 'Immediate', 'FSReqCallback', 'FSReqPromise', 'TickObject']);

/** What this process holds now: what keeps its event loop alive, and on Linux its sockets and threads. */
export function holdings(): Holdings {
  const counts: Record<string, number> = {};
  for (const kind of process.getActiveResourcesInfo()) {
    if (!IGNORED.has(kind)) counts[kind] = (counts[kind] ?? 0) + 1;
  }
  if (process.platform === 'linux') {
    counts['socket descriptors'] = sockets();
    counts.threads = threads();
  }
  return counts;
}

/** Threads of this process, on Linux. */
export function threads(): number {
  return readdirSync('/proc/self/task').length;
}

/** Descriptors of this process, on Linux. */
export function descriptors(): number {
  return readdirSync('/proc/self/fd').length;
}

/** Starts the threads that Node starts when first needed, so that they do not count as left over. */
export async function wakeThreads(): Promise<void> {
  const own = fileURLToPath(import.meta.url);
  const reads = Array.from(
    { length: POOL_THREADS },
    () => new Promise<void>((resolve) => readFile(own, () => resolve())),
  );
  await Promise.all(reads);
}

/** What is held now beyond `before`, after what is ending had its time to end. */
export async function leftSince(before: Holdings): Promise<string[]> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const left = Object.entries(holdings())
      .map(([kind, count]) => [kind, count - (before[kind] ?? 0)] as const)
      .filter(([, more]) => more > 0)
      .map(([kind, more]) => `${more} × ${kind}`);
    if (left.length === 0 || performance.now() > deadline) return left;
    await sleep(50);
  }
}

function sockets(): number {
  let count = 0;
  for (const name of readdirSync('/proc/self/fd')) {
    try {
      if (readlinkSync(`/proc/self/fd/${name}`).startsWith('socket:')) count++;
    } catch {
      // The descriptor of the listing itself is gone by now.
      count += 0;
    }
  }
  return count;
}
