import { availableParallelism } from 'node:os';
import { formatByteSize } from '../bench/byte-size.js';
import { ascending, percentile } from '../bench/statistics.js';
import { hasZstd } from '../codec/compression.js';

/** What the doctor says of one thing. */
export interface Finding {
  readonly level: 'ok' | 'note' | 'warning' | 'problem';
  readonly about: string;
  readonly found: string;
  /** What to do; absent where there is nothing to do. */
  readonly advice?: string;
  /** The masters of a cluster that it is said of, as `host:port`; absent where it holds for all. */
  readonly nodes?: readonly string[];
}

/** What was asked of one master; what it did not tell is absent. */
export interface NodeFacts {
  /** `host:port`. */
  readonly node: string;
  /** The fields of INFO. */
  readonly info: Readonly<Record<string, string>>;
  /** Values of CONFIG GET. */
  readonly settings: Readonly<Record<string, string>>;
  /** Why it did not answer a command, where it did not. */
  readonly refused: { readonly INFO?: string; readonly CONFIG?: string };
  readonly latenciesMs: readonly number[];
}

/** What is the same for all masters. */
export interface CommonFacts {
  readonly processes: number;
  readonly maxThreads: number;
  readonly maxValueBytes: number;
  readonly tls: boolean;
  readonly local: boolean;
  readonly password: boolean;
}

type ServerFacts = NodeFacts & CommonFacts;

const OF_SERVERS: readonly ((facts: ServerFacts) => Finding)[] = [
  version,
  memory,
  eviction,
  persistence,
  bulkLength,
  outputBuffers,
  connections,
  latency,
];
const OF_SETTINGS: readonly ((facts: CommonFacts) => Finding)[] = [encryption, credentials, runtime];

/** Every check in order; one of servers is made for each master. A decision without effects. */
export function findingsOf(masters: readonly NodeFacts[], common: CommonFacts): Finding[] {
  return [
    ...OF_SERVERS.flatMap((check) => together(masters, (node) => check({ ...node, ...common }))),
    ...OF_SETTINGS.map((check) => check(common)),
  ];
}

/** One finding for all masters whose setting is the same and of which the same is to be said: their figures are those of the first. */
function together(masters: readonly NodeFacts[], check: (node: NodeFacts) => Finding): Finding[] {
  const groups = new Map<string, { readonly finding: Finding; readonly nodes: string[] }>();
  for (const master of masters) {
    const finding = check(master);
    const key = JSON.stringify([finding.level, finding.advice, master.settings[finding.about]]);
    const group = groups.get(key) ?? { finding, nodes: [] };
    group.nodes.push(master.node);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ finding, nodes }) =>
    groups.size === 1 ? finding : { ...finding, nodes },
  );
}

function unchecked(about: string, reason = 'the server does not tell it'): Finding {
  return { level: 'note', about, found: `could not be checked: ${reason}` };
}

function version({ info, refused }: ServerFacts): Finding {
  const about = 'server';
  const found = info.valkey_version ?? info.redis_version;
  if (found === undefined) return unchecked(about, refused.INFO);
  const major = Number(found.split('.')[0]);
  const name = `${info.valkey_version === undefined ? 'Redis' : 'Valkey'} ${found}`;
  return major >= 5
    ? { level: 'ok', about, found: name }
    : { level: 'problem', about, found: name, advice: 'use version 5 or later' };
}

function memory({ info, settings, refused }: ServerFacts): Finding {
  const about = 'maxmemory';
  const limit = settings.maxmemory ?? info.maxmemory;
  if (limit === undefined) return unchecked(about, refused.CONFIG);
  const used = Number(info.used_memory ?? 0);
  if (Number(limit) === 0) {
    return {
      level: 'warning',
      about,
      found: `no limit; ${formatByteSize(used)} are used`,
      advice: 'set maxmemory: without it the cache grows until the system kills the server',
    };
  }
  const found = `${formatByteSize(used)} of ${formatByteSize(Number(limit))} are used`;
  const fragmented = Number(info.mem_fragmentation_ratio ?? 1);
  if (fragmented > 1.5 && used > 256 * 1024 ** 2) {
    return {
      level: 'warning',
      about,
      found: `${found}, with a fragmentation of ${fragmented}`,
      advice: 'set activedefrag yes',
    };
  }
  return { level: 'ok', about, found };
}

function eviction({ info, settings, refused }: ServerFacts): Finding {
  const about = 'maxmemory-policy';
  const found = settings['maxmemory-policy'] ?? info.maxmemory_policy;
  if (found === undefined) return unchecked(about, refused.CONFIG);
  if (found === 'noeviction') {
    return {
      level: 'warning',
      about,
      found,
      advice:
        'for a cache use allkeys-lru or allkeys-lfu: a full server refuses every set with ERR_OUT_OF_MEMORY',
    };
  }
  if (found.startsWith('volatile-')) {
    return {
      level: 'note',
      about,
      found,
      advice: 'only keys with a TTL are evicted: give every set one, or use an allkeys policy',
    };
  }
  return { level: 'ok', about, found };
}

function persistence({ settings, refused }: ServerFacts): Finding {
  const about = 'persistence';
  const { appendonly, appendfsync, save } = settings;
  if (appendonly === undefined && save === undefined) return unchecked(about, refused.CONFIG);
  if (appendonly === 'yes') {
    const level = appendfsync === 'always' ? 'warning' : 'note';
    return {
      level,
      about,
      found: `append-only file, fsync ${appendfsync ?? 'unknown'}`,
      advice: 'large values are written to disk once more; a cache seldom needs that',
    };
  }
  if (save !== undefined && save !== '') {
    return {
      level: 'note',
      about,
      found: `snapshots (${save})`,
      advice:
        'each forks, and takes up to twice the memory while large values change; save "" switches it off',
    };
  }
  return { level: 'ok', about, found: 'none' };
}

function bulkLength({ settings, refused, maxValueBytes }: ServerFacts): Finding {
  const about = 'proto-max-bulk-len';
  const limit = Number(settings['proto-max-bulk-len']);
  if (!Number.isFinite(limit)) return unchecked(about, refused.CONFIG);
  const found = formatByteSize(limit);
  return limit > maxValueBytes
    ? { level: 'ok', about, found }
    : {
        level: 'problem',
        about,
        found: `${found}, and maxValueBytes is ${formatByteSize(maxValueBytes)}`,
        advice: 'lower maxValueBytes, or raise it',
      };
}

function outputBuffers({ settings, refused, maxValueBytes }: ServerFacts): Finding {
  const about = 'client-output-buffer-limit';
  const found = settings[about];
  if (found === undefined) return unchecked(about, refused.CONFIG);
  const hard = Number(/(?:^|\s)normal\s+(\d+)/.exec(found)?.[1] ?? 0);
  return hard === 0 || hard > maxValueBytes
    ? { level: 'ok', about, found: hard === 0 ? 'none for normal clients' : formatByteSize(hard) }
    : {
        level: 'problem',
        about,
        found: `${formatByteSize(hard)} for normal clients`,
        advice: `a reader of a value of up to ${formatByteSize(maxValueBytes)} would be cut off: raise it, or lower maxValueBytes`,
      };
}

/** What a process with one backend has beside those of its threads: for commands, for waiting on leases, for a near cache. */
const FIXED_CONNECTIONS = 3;

function connections({ info, settings, refused, processes, maxThreads }: ServerFacts): Finding {
  const about = 'maxclients';
  const limit = Number(settings.maxclients ?? info.maxclients);
  if (!Number.isFinite(limit)) return unchecked(about, refused.CONFIG);
  const needed = processes * (FIXED_CONNECTIONS + maxThreads);
  const others = Number(info.connected_clients ?? 0);
  const found = `${limit}; ${processes} ${processes === 1 ? 'process needs' : 'processes need'} up to ${needed}, ${others} are connected`;
  return needed + others > 0.8 * limit
    ? { level: 'problem', about, found, advice: 'raise maxclients, or lower pool.maxThreads' }
    : { level: 'ok', about, found };
}

function latency({ latenciesMs }: ServerFacts): Finding {
  const sorted = ascending(latenciesMs);
  const [middle, tail] = [percentile(sorted, 0.5), percentile(sorted, 0.99)];
  const found = `PING takes ${middle.toFixed(2)} ms, p99 ${tail.toFixed(2)} ms`;
  if (tail < 20) return { level: 'ok', about: 'latency', found };
  return {
    level: 'warning',
    about: 'latency',
    found,
    advice: 'look for slow commands (SLOWLOG GET), forks, or a network that is busy',
  };
}

function encryption({ tls, local }: CommonFacts): Finding {
  const about = 'TLS';
  if (tls || local) return { level: 'ok', about, found: tls ? 'on' : 'off, on this machine' };
  return {
    level: 'warning',
    about,
    found: 'off, to another machine',
    advice: 'use rediss://: values and the password cross the network in the clear',
  };
}

function credentials({ password, local }: CommonFacts): Finding {
  const about = 'password';
  if (password) return { level: 'ok', about, found: 'given' };
  return {
    level: local ? 'note' : 'warning',
    about,
    found: 'none',
    advice: 'give the cache a user of its own (ACL SETUSER) with the keys and commands that it needs',
  };
}

function runtime({ maxThreads }: CommonFacts): Finding {
  const about = 'this process';
  const cores = availableParallelism();
  const found = `Node ${process.versions.node}, ${cores} cores, up to ${maxThreads} worker threads, zstd ${hasZstd ? 'available' : 'not available'}`;
  if (maxThreads < cores || cores === 1) return { level: 'ok', about, found };
  return {
    level: 'warning',
    about,
    found,
    advice: 'set pool.maxThreads below the number of cores: the event loop needs one',
  };
}
