import { expect, it } from 'vitest';
import { type ConnectionInput, resolveConnection } from '../../dist/redis/settings.js';
import { thrownBy } from '../support/error-code.js';

function resolve(input: Partial<ConnectionInput>) {
  return resolveConnection({
    url: input.cluster ? 'redis://u:p@h:1' : 'redis://u:p@h:1/2',
    redis: undefined,
    tls: undefined,
    sentinel: undefined,
    cluster: undefined,
    timeoutMs: 1,
    connectTimeoutMs: 1,
    reconnectMaxDelayMs: 1,
    ...input,
  });
}

it('settings survive being sent to a worker as text', () => {
  const settings = resolve({ tls: { ca: Buffer.from('PEM'), servername: 's' }, redis: { family: 4 } });
  expect(JSON.parse(JSON.stringify(settings))).toEqual(settings);
  expect(settings.redis).toMatchObject({
    host: 'h',
    port: 1,
    db: 2,
    username: 'u',
    password: 'p',
    family: 4,
  });
  expect(settings.redis.tls).toEqual({ ca: 'PEM', servername: 's' });
});

it('a function is refused by its path, with what to do instead', () => {
  const { code, message } = thrownBy(() => resolve({ redis: { socket: { lookup: () => {} } } }));
  expect(code).toBe('ERR_OPTION');
  expect(message).toContain('redis.socket.lookup is a function');
  expect(message).toContain('plain data');
});

it.each([
  'retryStrategy',
  'keyPrefix',
  'enableOfflineQueue',
  'enableReadyCheck',
  'commandTimeout',
  'tls',
  'sentinels',
  'sentinelRetryStrategy',
  'failoverDetector',
  'enableTLSForSentinelMode',
])('redis.%s is refused, since the backend sets it itself', (name) => {
  const { code, message } = thrownBy(() => resolve({ redis: { [name]: 1 } }));
  expect([code, message.startsWith(`redis.${name} cannot be set: `)]).toEqual(['ERR_OPTION', true]);
});

it.each(['sentinelUsername', 'sentinelPassword', 'sentinelTLS'])(
  'redis.%s is refused, with the option sentinel or without it, since it belongs there',
  (name) => {
    const sentinel = { name: 'm', sentinels: [{ host: 's', port: 26379 }], password: 'p' };
    for (const input of [{ sentinel }, {}]) {
      const { code, message } = thrownBy(() => resolve({ ...input, redis: { [name]: 'secret' } }));
      const text = `redis.${name} cannot be set: use the option sentinel of the backend`;
      expect([code, message]).toEqual(['ERR_OPTION', text]);
    }
  },
);

it.each(['host', 'port', 'path', 'db', 'username', 'password'])(
  'redis.%s is refused, with a url or without one, since it belongs there',
  (name) => {
    for (const url of ['redis://h:1/2', undefined]) {
      const { code, message } = thrownBy(() => resolve({ url, redis: { [name]: 5 } }));
      const text = `redis.${name} cannot be set: it belongs in the option url of the backend`;
      expect([code, message]).toEqual(['ERR_OPTION', text]);
    }
  },
);

it('rediss:// and the tls option both switch TLS on; a socket file has none', () => {
  expect(resolve({ url: 'rediss://h' }).redis.tls).toEqual({});
  expect(resolve({ tls: {} }).redis.tls).toEqual({});
  expect(resolve({ url: 'unix:///s', tls: {} }).redis.tls).toBe(undefined);
  expect(resolve({}).redis.tls).toBe(undefined);
});

it('trap 9: TLS of the URL holds for the nodes of a cluster too', () => {
  const nodes = [{ host: 'n', port: 1 }];
  const settings = resolve({ url: 'rediss://h', cluster: { nodes } });
  expect(settings).toMatchObject({ kind: 'cluster', nodes });
  // Not as part of the above: there, nothing matches an empty object.
  expect(settings.redis.tls).toEqual({});
});

it('trap 14: the failover detector of Sentinel is on', () => {
  const sentinel = { name: 'm', sentinels: [{ host: 's', port: 26379 }] };
  expect(resolve({ sentinel }).redis).toMatchObject({ name: 'm', failoverDetector: true });
});

it('TLS holds for the master that Sentinel names, too', () => {
  const sentinel = { name: 'm', sentinels: [{ host: 's', port: 26379 }] };
  const { redis } = resolve({ url: 'rediss://h', sentinel });
  expect(redis.enableTLSForSentinelMode).toBe(true);
  expect(redis.tls).toEqual({});
  expect(resolve({ sentinel }).redis.enableTLSForSentinelMode).toBe(undefined);
});

it.each([
  [{ sentinel: { name: 'm', sentinels: [{ host: 's', port: 1 }], tls: 'yes' } }, 'sentinel.tls'],
  [{ cluster: { nodes: [{ host: 's', port: 1 }], natMap: { 'a:1': 7 } } }, 'cluster.natMap'],
  [{ tls: { ca: 5 } }, 'tls.ca'],
  [{ tls: { rejectUnauthorized: 'no' } }, 'tls.rejectUnauthorized'],
  [{ redis: { stringNumbers: true } }, 'redis.stringNumbers'],
  [{ sentinel: { name: '', sentinels: [{ host: 's', port: 1 }] } }, 'sentinel.name'],
  [{ sentinel: { name: 'm', sentinels: [] } }, 'sentinel.sentinels'],
  [{ sentinel: { name: 'm', sentinels: [{ host: 's', port: 1 }], quorum: 1 } }, 'sentinel.quorum'],
  [{ cluster: { nodes: [{ host: 's', port: 0 }] } }, 'cluster.nodes'],
  [{ url: 'redis://h/1', cluster: { nodes: [{ host: 's', port: 1 }] } }, 'database 0'],
  [{ tls: { chiphers: 'x' } }, 'tls.chiphers'],
  [{ redis: 'x' }, 'redis must be an object'],
])('%j is refused', (input, text) => {
  const { code, message } = thrownBy(() => resolve(input));
  expect(code).toBe('ERR_OPTION');
  expect(message).toContain(text);
});

it.each([
  ['sentinel.password', { sentinel: { name: 'm', sentinels: [{ host: 's', port: 1 }], password: 8675309 } }],
  ['sentinel.username', { sentinel: { name: 'm', sentinels: [{ host: 's', port: 1 }], username: 8675309 } }],
  ['tls.passphrase', { tls: { passphrase: 8675309 } }],
  ['tls.key', { tls: { key: 8675309 } }],
  ['tls', { tls: 8675309 }],
])('%s: a secret that is a number is not told', (name, input) => {
  const { code, message } = thrownBy(() => resolve(input as Partial<ConnectionInput>));
  expect([code, message.startsWith(name)]).toEqual(['ERR_OPTION', true]);
  expect(message).toContain('received a number');
  expect(message).not.toContain('8675309');
});
