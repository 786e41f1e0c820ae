import { RespConnection } from './resp-connection.js';

/** The image for machines that have Docker and no Redis of their own. */
const IMAGE = 'redis:7-alpine';
const PORT = 6379;

/** A Redis in a container, reachable from here. */
export interface RedisContainer {
  readonly host: string;
  readonly port: number;
  stop(): Promise<void>;
}

/**
 * Starts a container with a Redis of its own. testcontainers removes it too when this process dies without a
 * `stop()`. It is imported here and now, since nobody else should pay for loading it.
 */
export async function startRedisContainer(
  args: readonly string[],
  password: string | undefined,
): Promise<RedisContainer> {
  const { GenericContainer } = await import('testcontainers');
  const started = await new GenericContainer(IMAGE)
    .withCommand(['redis-server', '--save', '', '--appendonly', 'no', ...args])
    .withExposedPorts(PORT)
    .start();
  const [host, port] = [started.getHost(), started.getMappedPort(PORT)];
  const connection = await RespConnection.open({ host, port, password });
  await connection.call('PING');
  connection.close();
  let stopped: Promise<unknown> | undefined;
  return {
    host,
    port,
    stop: async () => {
      stopped ??= started.stop();
      await stopped;
    },
  };
}
