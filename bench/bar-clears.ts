import type { Bench } from '#bench/bench.js';
import { OURS, openPeer } from '#bench/peers/registry.js';
import { measureClears } from '#bench/scenario-clear.js';
import { type Bar, figure, ratioOf } from './bar.js';

const CLEAR_KEYS = 1_000_000;
const CLEAR_ROUNDS = 3;

/** Bar 7: clear of half of a million keys, and of prefixes that look like patterns. */
export async function measureClear(bench: Bench): Promise<Bar[]> {
  const { rows, idle, damaged } = await measureClears(bench, { keys: CLEAR_KEYS, rounds: CLEAR_ROUNDS });
  const what = `clear of ${(CLEAR_KEYS / 2).toLocaleString('en-US')} of ${CLEAR_KEYS.toLocaleString('en-US')} keys`;
  return [
    {
      bar: '7',
      what: `${what}: time of that of KEYS + DEL`,
      ...ratioOf([figure(rows, OURS, 'clearMs'), figure(rows, 'KEYS + DEL', 'clearMs')]),
      holds: 'at most',
      target: 2.5,
    },
    {
      bar: '7',
      what: `${what}: another client's p99 (${idle.p99Ms.toFixed(1)} ms when idle, ${figure(rows, 'KEYS + DEL', 'otherP99Ms').median.toFixed(0)} ms under KEYS + DEL)`,
      measured: figure(rows, OURS, 'otherP99Ms').median,
      holds: 'at most',
      target: 10,
      unit: 'ms',
    },
    {
      bar: '7',
      what: `${what}: keys outside that were hit`,
      measured: damaged,
      holds: 'at most',
      target: 0,
      unit: 'keys',
    },
    {
      bar: '7',
      what: 'prefixes with *?[]^\\- and unicode: wrong keys',
      measured: await wrongKeys(bench),
      holds: 'at most',
      target: 0,
      unit: 'keys',
    },
  ];
}

const ODD_PREFIXES = [
  '*',
  '?',
  '[ab]',
  '[^a]',
  '[a-z]',
  '\\',
  '\\*',
  '-',
  '^',
  '**',
  'a?c*[x]',
  'é😀',
  '*é?',
];
// What those prefixes would match as patterns, and what lies next to them.
const NEIGHBOURS = [
  '',
  'a',
  'b',
  'z',
  'x',
  'abc',
  'aXcYx',
  'é',
  '😀',
  'zéz',
  'long-and-other',
  '\\x',
  ...ODD_PREFIXES,
];

/** Keys that stayed though they should have gone, and those that went though they should have stayed. */
async function wrongKeys(bench: Bench): Promise<number> {
  const { redis } = bench.admin;
  let wrong = 0;
  for (const odd of ODD_PREFIXES) {
    const prefix = `${bench.prefix}odd:${odd}:`;
    const keys = NEIGHBOURS.map((name) => `${bench.prefix}odd:${name}:1`);
    await redis.mset(Object.fromEntries(keys.map((key) => [key, '1'])));
    const peer = await openPeer('offloop', { url: bench.url, prefix });
    try {
      await peer.clear?.();
    } finally {
      await peer.close();
    }
    const there = await redis.mget(keys);
    wrong += keys.filter((key, index) => (there[index] === null) !== key.startsWith(prefix)).length;
  }
  return wrong;
}
