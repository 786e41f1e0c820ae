/** One server of a Sentinel set or a cluster. */
export interface NodeAddress {
    readonly host: string;
    /** 1 to 65,535. */
    readonly port: number;
}
/** TLS for the connections. Certificates and keys are PEM, as a string or a Buffer. */
export interface TlsOptions {
    /** The authorities to trust instead of the system's. */
    readonly ca?: string | Buffer | readonly (string | Buffer)[];
    /** The client's certificate, where the server asks for one. */
    readonly cert?: string | Buffer;
    /** The key of `cert`. */
    readonly key?: string | Buffer;
    /** The passphrase of `key`. */
    readonly passphrase?: string;
    /** The name that the server's certificate must carry. @default the host */
    readonly servername?: string;
    /** Whether a certificate that does not verify ends the connection. @default true */
    readonly rejectUnauthorized?: boolean;
    /** The oldest protocol version, such as `TLSv1.3`. */
    readonly minVersion?: string;
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
    readonly username?: string;
    readonly password?: string;
    /** Whether the sentinels speak TLS, with the same `tls` settings. @default false */
    readonly tls?: boolean;
    /** Whether `get` and `getMany` ask a replica, whose values may be old; see docs/topologies.md. @default 'master' */
    readonly readFrom?: 'master' | 'replica';
}
/** How to connect to a Redis Cluster. */
export interface ClusterOptions {
    /** At least one node; the others are found through it. */
    readonly nodes: readonly NodeAddress[];
    /** Addresses that the cluster announces, as `host:port`, to the ones to use. */
    readonly natMap?: Readonly<Record<string, NodeAddress>>;
    /** Whether `get` and `getMany` ask replicas, whose values may be old; see docs/topologies.md. @default 'master' */
    readonly readFrom?: ReadFrom;
}
type Plain = Record<string, unknown>;
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
/** Merges URL and options into settings that a worker can use as well. Throws `ERR_OPTION` or `ERR_URL`. */
export declare function resolveConnection(input: ConnectionInput): ConnectionSettings;
/**
 * The settings of the connections that read from replicas; undefined where nothing is read from them. Throws `ERR_OPTION`.
 * @param connection what {@link resolveConnection} made of the same input
 */
export declare function resolveReplicas(connection: ConnectionSettings, { sentinel, cluster }: Pick<ConnectionInput, 'sentinel' | 'cluster'>): ConnectionSettings | undefined;
export {};
