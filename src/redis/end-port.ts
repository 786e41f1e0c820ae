import { MessageChannel, type MessagePort } from 'node:worker_threads';

/** Does work with a port for a worker, which closes when the signal fires, and when the work has ended. */
export async function withEndPort<T>(
  signal: AbortSignal | undefined,
  work: (end: MessagePort) => Promise<T>,
): Promise<T> {
  const { port1: ours, port2: end } = new MessageChannel();
  const close = (): void => ours.close();
  signal?.addEventListener('abort', close, { once: true });
  if (signal?.aborted) close();
  try {
    return await work(end);
  } finally {
    signal?.removeEventListener('abort', close);
    close();
  }
}
