import { performance } from 'node:perf_hooks';
import { answerParent } from '#bench/child.js';
import { records } from '#bench/corpora.js';
import { openMainCpuClock } from '#bench/main-cpu.js';
import { type Load, type Measurable, measurable, type Operation } from '#bench/measure.js';
import { Metronome } from '#bench/metronome.js';
import { clockMs } from '#bench/metronome-clock.js';
import type { Peer, PeerPart, PeerTarget } from '#bench/peers/peer.js';
import { openPeer, type PeerId } from '#bench/peers/registry.js';
import { ascending } from '#bench/statistics.js';
import { ATLAS, COMPAT } from './real-corpora.js';

const MAKERS = {
  records: (bytes: number) => records(bytes),
  items: (bytes: number) => ({ items: records(bytes) }),
  'JSON text': (bytes: number) => Buffer.from(JSON.stringify(records(bytes))),
  [COMPAT.name]: COMPAT.loadSized,
  [ATLAS.name]: ATLAS.loadSized,
} satisfies Record<string, (bytes: number) => unknown>;

/** A call that is made over and over. */
export interface RemoteCall {
  readonly operation: 'get' | 'set' | 'part' | 'bytes' | 'json';
  readonly key: string;
  /** What a `part` gets. */
  readonly part?: PeerPart;
}

/** Small gets by the clock, alone or beside a caller that gets and sets a large value by turns. */
export interface BesideTask {
  readonly perSecond: number;
  readonly ms: number;
  readonly smallKey: string;
  /** Absent: alone. */
  readonly largeKey?: string;
}

/** Latencies of small gets, ascending. */
export interface BesideAnswer {
  /** From when each was due: a stall of the event loop before the call counts. */
  readonly fromDueMs: Float64Array;
  /** From the call. */
  readonly fromCallMs: Float64Array;
  readonly largeCalls: number;
}

/** A value of about so many bytes of JSON text that is made, kept for sets, and stored. */
export interface Held {
  readonly key: string;
  readonly corpus: keyof typeof MAKERS;
  readonly bytes: number;
  /** Whether the process keeps it, as it must to set it again. @default true */
  readonly keep?: boolean;
}

/** What the parent asks for, a peer first. */
export type PeerQuestion =
  | { readonly kind: 'open'; readonly id: PeerId; readonly target: PeerTarget }
  | { readonly kind: 'hold'; readonly value: Held }
  | { readonly kind: keyof Measurable; readonly call: RemoteCall; readonly load: Load }
  | { readonly kind: 'beside'; readonly task: BesideTask };

const clock = openMainCpuClock();
const held = new Map<string, unknown>();
let opened: Peer | undefined;

async function answer(question: PeerQuestion): Promise<unknown> {
  if (question.kind === 'open') {
    opened = await openPeer(question.id, question.target);
    return opened.name;
  }
  if (!opened) throw new Error('no peer is open');
  if (question.kind === 'hold') return hold(opened, question.value);
  if (question.kind === 'beside') return measureBeside(opened, question.task);
  return measurable(operationOf(opened, question.call), clock)[question.kind](question.load);
}

async function hold(peer: Peer, { key, corpus, bytes, keep = true }: Held): Promise<undefined> {
  const make = MAKERS[corpus];
  if (!make) throw new Error(`no corpus is named ${corpus}`);
  const value = await make(bytes);
  if (keep) held.set(key, value);
  await peer.set(key, value);
}

function operationOf(peer: Peer, { operation, key, part }: RemoteCall): Operation {
  if (operation === 'get') return () => peer.get(key);
  if (operation === 'set') return () => peer.set(key, held.get(key));
  if (operation === 'bytes' || operation === 'json') {
    const form = peer[operation];
    if (!form) throw new Error(`${peer.name} has no ${operation}`);
    return () => form(key);
  }
  if (!part || !peer.getPart) throw new Error(`${peer.name} gets no parts`);
  const { getPart } = peer;
  return () => getPart(key, part);
}

async function measureBeside(
  peer: Peer,
  { perSecond, ms, smallKey, largeKey }: BesideTask,
): Promise<BesideAnswer> {
  const metronome = await Metronome.start();
  const fromDue: number[] = [];
  const fromCall: number[] = [];
  const calls: Promise<void>[] = [];
  const large = largeKey === undefined ? 0 : alternate(peer, { key: largeKey, ms });
  await metronome.beat({ perSecond, ms }, (dueMs) => {
    const calledMs = clockMs();
    const call = peer.get(smallKey).then(() => {
      const now = clockMs();
      fromDue.push(now - dueMs);
      fromCall.push(now - calledMs);
    });
    calls.push(call);
  });
  await Promise.all(calls);
  const largeCalls = await large;
  await metronome.close();
  return { fromDueMs: ascending(fromDue), fromCallMs: ascending(fromCall), largeCalls };
}

/** One caller, back to back. */
async function alternate(
  peer: Peer,
  { key, ms }: { readonly key: string; readonly ms: number },
): Promise<number> {
  const end = performance.now() + ms;
  let calls = 0;
  for (; performance.now() < end; calls += 1) {
    await (calls % 2 === 0 ? peer.get(key) : peer.set(key, held.get(key)));
  }
  return calls;
}

answerParent(answer);
