import { setTimeout as sleep } from 'node:timers/promises';

/** Asks until the answer is yes, for at most 20 seconds. `what` is the sentence that has to become true. */
export async function waitUntil(
  what: string,
  ask: () => Promise<boolean>,
  timeoutMs = 20_000,
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await ask())) {
    if (Date.now() > deadline) throw new Error(`not within ${timeoutMs} ms: ${what}`);
    await sleep(50);
  }
}
