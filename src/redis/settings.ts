import { describe, describeType, OffloopError } from '../errors.js';
import { type Plain, plainObject } from './plain-data.js';
import { parseUrl } from './url.js';

/** One server of a Sentinel set or a cluster. */
export interface NodeAddress {
  readonly host: string;
  /** 1 to 65,535. */
  readonly port: number;
}

/** TLS for the connections. Certificates and keys are PEM, as a string or a Buffer. */
export interface TlsOptions {
  /** The authorities to trust instead of the system's. */
  readonly ca?: string | Buffer | readonly (string | Buffer)[] | undefined;
  /** The client's certificate, where the server asks for one. */
  readonly cert?: string | Buffer | undefined;
  /** The key of `cert`. */
  readonly key?: string | Buffer | undefined;
  /** The passphrase of `key`. */
  readonly passphrase?: string | undefined;
  /** The name that the server's certificate must carry. @default the host */
  readonly servername?: string | undefined;
  /** Whether a certificate that does not verify ends the connection. @default true */
  readonly rejectUnauthorized?: boolean | undefined;
  /** The oldest protocol version, such as `TLSv1.3`. */
  readonly minVersion?: string | undefined;
}

/** Whose values are read: those of masters; of replicas, where a shard has one that can be reached; or of any server. */
export type ReadFrom = 'master' | 'replica' | 'any';

/** How to find the master by Redis Sentinel. */
export interface SentinelOptions {
  /** The name of the master, as the sentinels know it. */
  readonly name: string;
  /** At least one sentinel. */
  readonly sentinels: readonly NodeAddress[];
  /** Credentials of the sentinels themselves. */
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  /** Whether the sentinels speak TLS, with the same `tls` settings. @default false */
  readonly tls?: boolean | undefined;
  /** Whether `get` and `getMany` ask a replica, whose values may be old; see docs/topologies.md. @default 'master' */
  readonly readFrom?: 'master' | 'replica' | undefined;
}

/** How to connect to a Redis Cluster. */
export interface ClusterOptions {
  /** At least one node; the others are found through it. */
  readonly nodes: readonly NodeAddress[];
  /** Addresses that the cluster announces, as `host:port`, to the ones to use. */
  readonly natMap?: Readonly<Record<string, NodeAddress>> | undefined;
  /** Whether `get` and `getMany` ask replicas, whose values may be old; see docs/topologies.md. @default 'master' */
  readonly readFrom?: ReadFrom | undefined;
}

/** All that a thread needs to connect: plain data, so that it can be sent to one, and compared as text. */
export interface ConnectionSettings {
  readonly kind: 'single' | 'sentinel' | 'cluster';
  /** Which servers commands that only read go to. */
  readonly readFrom: ReadFrom;
  /** ioredis options of the connection to a server that holds data. */
  readonly redis: Readonly<Plain>;
  /** The nodes to begin with, for a cluster. */
  readonly nodes: readonly NodeAddress[];
  /** ioredis options of the cluster itself. */
  readonly cluster: Readonly<Plain>;
  readonly timeoutMs: number;
  readonly connectTimeoutMs: number;
  readonly reconnectMaxDelayMs: number;
}

/** What a backend was given about its connection. */
export interface ConnectionInput {
  readonly url: string | undefined;
  readonly redis: unknown;
  readonly tls: unknown;
  readonly sentinel: unknown;
  readonly cluster: unknown;
  readonly timeoutMs: number;
  readonly connectTimeoutMs: number;
  readonly reconnectMaxDelayMs: number;
}

/** What each field must be; `object` is looked at further where it is used. */
type Fields = Readonly<Record<string, 'string' | 'boolean' | 'object' | 'pem'>>;
const TLS_FIELDS: Fields = {
  ca: 'pem',
  cert: 'pem',
  key: 'pem',
  passphrase: 'string',
  servername: 'string',
  rejectUnauthorized: 'boolean',
  minVersion: 'string',
};
const SENTINEL_FIELDS: Fields = {
  name: 'string',
  sentinels: 'object',
  username: 'string',
  password: 'string',
  tls: 'boolean',
  readFrom: 'string',
};
const CLUSTER_FIELDS: Fields = { nodes: 'object', natMap: 'object', readFrom: 'string' };
const READ_FROM: Readonly<Record<'sentinel' | 'cluster', readonly ReadFrom[]>> = {
  sentinel: ['master', 'replica'],
  cluster: ['master', 'replica', 'any'],
};

const IN_URL = 'it belongs in the option url of the backend';
const IN_SENTINEL = 'use the option sentinel of the backend';
/** Settings of ioredis that Offloop has to set itself, and what to use instead. */
const RESERVED: Readonly<Record<string, string>> = {
  host: IN_URL,
  port: IN_URL,
  path: IN_URL,
  db: IN_URL,
  username: IN_URL,
  password: IN_URL,
  keyPrefix: 'use the option keyPrefix of the backend',
  enableAutoPipelining: 'the backend pipelines by itself',
  enableOfflineQueue: 'the backend waits for the connection itself, within timeoutMs',
  enableReadyCheck: 'while Redis loads its data each call is told so',
  autoResendUnfulfilledCommands: 'a command is sent at most once',
  autoResubscribe: 'the backend does not subscribe',
  commandTimeout: 'use timeoutMs',
  connectTimeout: 'use connectTimeoutMs',
  retryStrategy: 'use reconnectMaxDelayMs',
  reconnectOnError: 'the backend decides this by itself',
  maxRetriesPerRequest: 'a command is sent at most once; use timeoutMs',
  lazyConnect: 'the backend connects when it is first used',
  tls: 'use the option tls of the backend',
  sentinels: IN_SENTINEL,
  name: IN_SENTINEL,
  sentinelUsername: IN_SENTINEL,
  sentinelPassword: IN_SENTINEL,
  sentinelTLS: IN_SENTINEL,
  sentinelRetryStrategy: 'use reconnectMaxDelayMs',
  failoverDetector: 'the backend always follows the sentinels to a new master',
  enableTLSForSentinelMode: 'TLS of the URL or the option tls holds for the master',
  sentinelCommandTimeout: 'use connectTimeoutMs',
  stringNumbers: 'the backend reads numbers',
  replyMapping: 'the backend reads the replies itself',
  monitor: 'the backend does not monitor',
  role: 'use readFrom of the option sentinel',
  readOnly: 'the backend writes',
  subscriber: 'the backend does not subscribe',
};

/** Merges URL and options into settings that a worker can use as well. Throws `ERR_OPTION` or `ERR_URL`. */
export function resolveConnection(input: ConnectionInput): ConnectionSettings {
  const redis = plainObject(input.redis, 'redis');
  for (const name of Object.keys(redis)) {
    const instead = Object.hasOwn(RESERVED, name) ? RESERVED[name] : undefined;
    if (instead) throw new OffloopError('ERR_OPTION', `redis.${name} cannot be set: ${instead}`);
  }
  const url = parseUrl(input.url ?? 'redis://localhost:6379/0');
  const tls = input.tls === undefined ? undefined : known(plainObject(input.tls, 'tls'), TLS_FIELDS, 'tls');
  const secured = url.path === undefined && (url.tls || tls !== undefined);
  const { host, port, path, username, password, db } = url;
  const shared: Plain = {
    ...definedOnly({ username, password, db }),
    ...redis,
    ...(secured ? { tls: tls ?? {} } : {}),
  };
  const rest = {
    readFrom: 'master' as const,
    timeoutMs: input.timeoutMs,
    connectTimeoutMs: input.connectTimeoutMs,
    reconnectMaxDelayMs: input.reconnectMaxDelayMs,
  };
  if (input.sentinel !== undefined && input.cluster !== undefined) {
    throw new OffloopError('ERR_OPTION', 'sentinel and cluster exclude each other; both were given');
  }
  if (input.sentinel !== undefined) {
    const sentinel = known(plainObject(input.sentinel, 'sentinel'), SENTINEL_FIELDS, 'sentinel');
    if (typeof sentinel.name !== 'string' || sentinel.name === '') {
      throw new OffloopError(
        'ERR_OPTION',
        `sentinel.name must be a non-empty string, received ${describe(sentinel.name)}`,
      );
    }
    const finder = definedOnly({
      name: sentinel.name,
      sentinels: addresses(sentinel.sentinels, 'sentinel.sentinels'),
      sentinelUsername: sentinel.username,
      sentinelPassword: sentinel.password,
      sentinelTLS: sentinel.tls === true ? (tls ?? {}) : undefined,
      // Off in ioredis by default: without it a client stays with a master that the sentinels have replaced.
      failoverDetector: true,
      // Without it ioredis speaks plaintext to the master, whatever `tls` says, and sends it the password so.
      enableTLSForSentinelMode: secured ? true : undefined,
    });
    return { kind: 'sentinel', redis: { ...shared, ...finder }, nodes: [], cluster: {}, ...rest };
  }
  if (input.cluster !== undefined) {
    const cluster = known(plainObject(input.cluster, 'cluster'), CLUSTER_FIELDS, 'cluster');
    if (shared.db !== undefined && shared.db !== 0) {
      throw new OffloopError('ERR_OPTION', `a cluster has database 0 alone, received ${describe(shared.db)}`);
    }
    const { db: _none, ...options } = shared;
    const nodes = addresses(cluster.nodes, 'cluster.nodes');
    return {
      kind: 'cluster',
      redis: options,
      nodes,
      cluster: natMapOf(cluster.natMap),
      ...rest,
    };
  }
  const target = path === undefined ? { host, port } : { path };
  return { kind: 'single', redis: { ...definedOnly(target), ...shared }, nodes: [], cluster: {}, ...rest };
}

/**
 * The settings of the connections that read from replicas; undefined where nothing is read from them. Throws `ERR_OPTION`.
 * @param connection what {@link resolveConnection} made of the same input
 */
export function resolveReplicas(
  connection: ConnectionSettings,
  { sentinel, cluster }: Pick<ConnectionInput, 'sentinel' | 'cluster'>,
): ConnectionSettings | undefined {
  const { kind } = connection;
  if (kind === 'single') return undefined;
  const { readFrom = 'master' } = plainObject(kind === 'sentinel' ? sentinel : cluster, kind);
  const wanted = READ_FROM[kind].find((name) => name === readFrom);
  if (wanted === undefined) {
    const text = `${kind}.readFrom must be one of ${READ_FROM[kind].join(', ')}, received ${describe(readFrom)}`;
    throw new OffloopError('ERR_OPTION', text);
  }
  return wanted === 'master' ? undefined : { ...connection, readFrom: wanted };
}

function addresses(value: unknown, name: string): NodeAddress[] {
  const list: unknown[] = Array.isArray(value) ? value : [];
  const nodes = list.map((item) => {
    const { host, port } = typeof item === 'object' && item !== null ? (item as Plain) : {};
    const fits =
      typeof host === 'string' && host !== '' && typeof port === 'number' && Number.isInteger(port);
    if (!fits || port < 1 || port > 65_535) {
      throw new OffloopError('ERR_OPTION', `${name} must hold { host, port } objects, port 1 to 65535`);
    }
    return { host, port };
  });
  if (nodes.length > 0) return nodes;
  throw new OffloopError(
    'ERR_OPTION',
    `${name} must be a list of at least one { host, port }, received ${describe(value)}`,
  );
}

function natMapOf(natMap: unknown): Plain {
  if (natMap === undefined) return {};
  addresses(Object.values(natMap as Plain), 'cluster.natMap');
  return { natMap };
}

function known(object: Plain, fields: Fields, name: string): Plain {
  for (const [key, value] of Object.entries(object)) {
    const field = Object.hasOwn(fields, key) ? fields[key] : undefined;
    if (field === undefined) {
      const names = Object.keys(fields).join(', ');
      throw new OffloopError('ERR_OPTION', `unknown option ${name}.${key.slice(0, 60)}; known are ${names}`);
    }
    if (value !== undefined && !isA(value, field)) {
      const wanted = field === 'pem' ? 'PEM text, or a list of it' : `a ${field}`;
      throw new OffloopError(
        'ERR_OPTION',
        `${name}.${key} must be ${wanted}, received ${describeType(value)}`,
      );
    }
  }
  return definedOnly(object);
}

function isA(value: unknown, field: Fields[string]): boolean {
  if (field !== 'pem') return typeof value === field && value !== null;
  return Array.isArray(value) ? value.every((item) => typeof item === 'string') : typeof value === 'string';
}

function definedOnly(object: Plain): Plain {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}
