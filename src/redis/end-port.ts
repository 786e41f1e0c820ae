import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { AbortWatch } from './abort-watch.js';

/** Of the whole process: calls may have a signal in common. */
const aborts = new AbortWatch();

/** Does work with a port for a worker, which closes when the signal fires, and when the work has ended. */
export async function withEndPort<T>(
  signal: AbortSignal | undefined,
  work: (end: MessagePort) => Promise<T>,
): Promise<T> {
  const { port1: ours, port2: end } = new MessageChannel();
  const closing = { abort: (): void => ours.close() };
  if (signal?.aborted) closing.abort();
  else if (signal) aborts.add(signal, closing);
  try {
    return await work(end);
  } finally {
    if (signal) aborts.remove(signal, closing);
    closing.abort();
  }
}
