import type { Bench } from '#bench/bench.js';
import { Child } from '#bench/child.js';
import type { Load, LoadedWait, Measurable, Pass } from '#bench/measure.js';
import type { PeerTarget } from '#bench/peers/peer.js';
import { type PeerId, prefixOf } from '#bench/peers/registry.js';
import type { Entrant } from '#bench/rounds.js';
import type { BesideAnswer, BesideTask, Held, PeerQuestion, RemoteCall } from './peer-process.js';

/** Offloop with other options than the default ones. */
export interface OffloopVariant extends Required<Pick<PeerTarget, 'offloop'>> {
  readonly id: 'offloop';
  /** What tells its keys from others'. */
  readonly variant: string;
}

/**
 * A peer in a process of its own. Garbage of large values is collected long after it was made: in a common process
 * one peer waits for the collection of another's.
 */
export class RemotePeer {
  readonly #child: Child;
  readonly name: string;

  private constructor(child: Child, name: string) {
    this.#child = child;
    this.name = name;
  }

  static async open(
    bench: Pick<Bench, 'url' | 'prefix'>,
    wanted: PeerId | OffloopVariant,
  ): Promise<RemotePeer> {
    const child = Child.start(new URL('./peer-process.js', import.meta.url));
    const { id, variant, offloop } =
      typeof wanted === 'string' ? { id: wanted, variant: 'remote', offloop: undefined } : wanted;
    const prefix = `${prefixOf(bench.prefix, id)}${variant}:`;
    const target = { url: bench.url, prefix, ...(offloop && { offloop }) };
    try {
      return new RemotePeer(child, await child.ask<PeerQuestion, string>({ kind: 'open', id, target }));
    } catch (error) {
      await child.close();
      throw error;
    }
  }

  async hold(value: Held): Promise<void> {
    await this.#child.ask<PeerQuestion, undefined>({ kind: 'hold', value });
  }

  /** It as one that takes turns at a call. */
  entrant(call: RemoteCall, name = this.name): Entrant {
    const ask = <Answer>(kind: keyof Measurable, load: Load): Promise<Answer> =>
      this.#child.ask<PeerQuestion, Answer>({ kind, call, load });
    return {
      name,
      warmUp: (load) => ask<undefined>('warmUp', load),
      pass: (load) => ask<Pass>('pass', load),
      wait: (load) => ask<LoadedWait>('wait', load),
    };
  }

  beside(task: BesideTask): Promise<BesideAnswer> {
    return this.#child.ask<PeerQuestion, BesideAnswer>({ kind: 'beside', task });
  }

  close(): Promise<void> {
    return this.#child.close();
  }
}

/** Opens peers, each in its process, and ends them after the work, however that ends. */
export async function withRemotePeers<T>(
  bench: Pick<Bench, 'url' | 'prefix'>,
  wanted: readonly (PeerId | OffloopVariant)[],
  work: (peers: readonly RemotePeer[]) => Promise<T>,
): Promise<T> {
  const peers: RemotePeer[] = [];
  try {
    for (const peer of wanted) peers.push(await RemotePeer.open(bench, peer));
    return await work(peers);
  } finally {
    await Promise.all(peers.map((peer) => peer.close()));
  }
}
