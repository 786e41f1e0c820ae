import { formatByteSize } from '../byte-size.js';
import { reasonOf } from '../rounds.js';
import type { Peer, PeerModule, PeerTarget, Variant } from './peer.js';

/** The rows of a table in their order: ours, what is written by hand, the libraries, the limit. */
const MODULES = {
  offloop: () => import('./offloop.js'),
  'ioredis-json': () => import('./ioredis-json.js'),
  'ioredis-cbor': () => import('./ioredis-cbor.js'),
  'node-redis': () => import('./node-redis.js'),
  keyv: () => import('./keyv.js'),
  'cache-manager': () => import('./cache-manager.js'),
  bentocache: () => import('./bentocache.js'),
  'worker-pool': () => import('./worker-pool.js'),
  'ioredis-bytes': () => import('./ioredis-bytes.js'),
} satisfies Record<string, () => Promise<PeerModule>>;

export type PeerId = keyof typeof MODULES;

export const PEER_IDS: readonly PeerId[] = Object.keys(MODULES).filter(isPeerId);

/** The peer that every ratio is against. */
export const BASELINE = 'ioredis + JSON' as const;
/** Our own row. */
export const OURS = 'Offloop' as const;
/** Rows that keep no value: they show what the connection alone costs, and are in no comparison. */
export const LIMITS: ReadonlySet<string> = new Set(['ioredis, bytes alone', 'redis-benchmark']);

/** Whether a peer of this name can be measured, where its package is installed. */
export function isPeerId(name: string): name is PeerId {
  return Object.hasOwn(MODULES, name);
}

/** Loads one peer's file, and with it the library it measures. */
export async function openPeer(id: PeerId, target: PeerTarget): Promise<Peer> {
  const module: PeerModule = await MODULES[id]();
  return module.open(target);
}

/** A peer that is open, with the id that the keys of its scenarios carry. */
export interface OpenPeer extends Peer {
  readonly id: string;
  readonly peer: PeerId;
  readonly target: PeerTarget;
  /** Absent for default settings. */
  readonly variant?: Variant;
}

/** Peers that are open, and those that could not be, each with the reason. */
export interface OpenedPeers {
  readonly peers: readonly OpenPeer[];
  readonly skipped: readonly { readonly id: string; readonly reason: string }[];
}

/**
 * Opens what can be opened: peers as their documentation shows them, and Offloop with the settings of each variant. A
 * library that is not installed or cannot connect is named, and is no failure.
 */
export async function openPeers(
  ids: readonly PeerId[],
  target: PeerTarget,
  variants: readonly Variant[] = [],
): Promise<OpenedPeers> {
  const peers: OpenPeer[] = [];
  const skipped: { id: string; reason: string }[] = [];
  const open = async (peer: PeerId, variant?: Variant): Promise<void> => {
    const id = variant ? `${peer}-${Object.values(variant).join('-')}` : peer;
    const own = {
      ...target,
      prefix: prefixOf(target.prefix, id),
      ...(variant && { offloop: optionsOf(variant) }),
    };
    try {
      const opened = await openPeer(peer, own);
      const name = variant ? nameOf(variant) : opened.name;
      peers.push({ ...opened, id, peer, name, target: own, ...(variant && { variant }) });
    } catch (error) {
      skipped.push({ id, reason: reasonOf(error) });
    }
  };
  for (const id of ids) {
    await open(id);
    if (id === 'offloop') for (const variant of variants) await open(id, variant);
  }
  return { peers, skipped };
}

/** A variant as a row is called. */
function nameOf(variant: Variant): string {
  const { codec, compression, offload, threads, tasksPerThread, inlineLimitBytes } = variant;
  const parts = [
    codec,
    compression,
    offload && `offload ${offload}`,
    threads && `${threads} ${threads === 1 ? 'thread' : 'threads'}`,
    tasksPerThread && `${tasksPerThread} tasks a thread`,
    inlineLimitBytes && `inline up to ${formatByteSize(inlineLimitBytes)}`,
  ];
  return `${OURS}, ${parts.filter(Boolean).join(', ')}`;
}

/** A variant as options of the backend. As many threads from the start: what is compared is the pool's size. */
export function optionsOf(variant: Variant): NonNullable<PeerTarget['offloop']> {
  const { codec, compression, offload, threads, tasksPerThread, inlineLimitBytes } = variant;
  const pool = {
    ...(threads !== undefined && { minThreads: threads, maxThreads: threads }),
    ...(tasksPerThread !== undefined && { tasksPerThread }),
  };
  return {
    ...(codec !== undefined && { codec }),
    ...(compression !== undefined && { compression }),
    ...(offload !== undefined && { offload }),
    ...(inlineLimitBytes !== undefined && { inlineLimitBytes }),
    ...(Object.keys(pool).length > 0 && { pool }),
  };
}

/** What the keys of a peer begin with, so that peers on one server do not meet. */
export function prefixOf(prefix: string, id: string): string {
  return `${prefix}${id}:`;
}

/** Closes all of them, and rejects with the first failure. */
export async function closePeers(peers: readonly Peer[]): Promise<void> {
  const closed = await Promise.allSettled(peers.map((peer) => peer.close()));
  for (const end of closed) if (end.status === 'rejected') throw end.reason;
}
