import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { createServer } from 'node:tls';
import { type Certificates, makeCertificates } from './certificates.js';

/** What {@link startTlsEndpoint} is told. */
export interface TlsEndpointOptions {
  /** The Redis behind it. */
  readonly redisPort: number;
  /** @default '127.0.0.1' */
  readonly redisHost?: string;
  /** Refuses clients without a certificate of `certificates.ca`. @default false */
  readonly requireClientCertificate?: boolean;
  /** @default made for this endpoint, for localhost and 127.0.0.1 */
  readonly certificates?: Certificates;
}

/** TLS in front of a Redis, as the providers of hosted ones have it. */
export interface TlsEndpoint {
  /** `rediss://127.0.0.1:port` */
  readonly url: string;
  readonly host: string;
  readonly port: number;
  readonly certificates: Certificates;
  /** How many connections came through the handshake so far. */
  accepted(): number;
  /** Ends the endpoint with its connections; the Redis behind it goes on. Calling it again is harmless. */
  stop(): Promise<void>;
}

/** Opens a TLS port on 127.0.0.1 that forwards to a Redis. */
export async function startTlsEndpoint(options: TlsEndpointOptions): Promise<TlsEndpoint> {
  const { redisPort, redisHost = '127.0.0.1', requireClientCertificate = false } = options;
  const certificates = options.certificates ?? (await makeCertificates());
  const open = new Set<Socket>();
  const track = (socket: Socket): void => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
  };
  let accepted = 0;
  const server = createServer(
    {
      ...certificates.server,
      ca: certificates.ca.cert,
      requestCert: requireClientCertificate,
      rejectUnauthorized: requireClientCertificate,
    },
    (client) => {
      accepted += 1;
      const redis = connect(redisPort, redisHost);
      track(redis);
      // Either end going away takes the other with it, as a cable would.
      client.on('error', () => redis.destroy()).on('close', () => redis.destroy());
      redis.on('error', () => client.destroy()).on('close', () => client.destroy());
      client.pipe(redis).pipe(client);
    },
  );
  server.on('connection', track);
  // A failed handshake is the client's to report: here it only must not end the process.
  server.on('tlsClientError', (_error, socket) => socket.destroy());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the TLS endpoint has no port');
  const { port } = address;
  let stopped: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    for (const socket of open) socket.destroy();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  };
  return {
    url: `rediss://127.0.0.1:${port}`,
    host: '127.0.0.1',
    port,
    certificates,
    accepted: () => accepted,
    stop: () => {
      stopped ??= stop();
      return stopped;
    },
  };
}
