import { createServer } from 'node:net';

/** Below the range from which systems give ports to outgoing connections, so that none of those is in the way. */
const FIRST_PORT = 12_000;
const PORTS = 10_000;

/** A cluster node listens on its port and on the one 10,000 above, where the nodes talk to each other. */
export const CLUSTER_BUS_OFFSET = 10_000;

/**
 * A port of 127.0.0.1 on which nobody listened a moment ago. Another process may take it before the caller does:
 * try again then.
 */
export async function freePort(options: { readonly clusterBus?: boolean } = {}): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const port = FIRST_PORT + Math.floor(Math.random() * PORTS);
    const wanted = options.clusterBus ? [port, port + CLUSTER_BUS_OFFSET] : [port];
    const free = await Promise.all(wanted.map(canListen));
    if (free.every(Boolean)) return port;
  }
  throw new Error('no free port on 127.0.0.1 after 100 tries');
}

function canListen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    // Taken or forbidden: either way it is not for us.
    server.once('error', () => resolve(false));
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => server.close(() => resolve(true)));
  });
}
