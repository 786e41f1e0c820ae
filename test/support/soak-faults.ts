import { setTimeout as sleep } from 'node:timers/promises';
import type { RedisBackend } from '../../dist/index.js';
import type { CallLedger } from './call-ledger.js';
import type { MortalRedis } from './mortal-redis.js';
import type { TcpProxy } from './tcp-proxy.js';

/** What faults are done to. */
export interface SoakTarget {
  readonly redis: MortalRedis;
  readonly proxy: TcpProxy;
  /** A backend whose values break the worker that encodes them. */
  readonly greedy: RedisBackend;
  /** The books of the calls that break workers. */
  readonly calls: CallLedger;
  readonly random: (below: number) => number;
}

type Fault = (target: SoakTarget) => Promise<unknown>;

/** Every fault ends by itself; none lasts longer than two seconds. */
const FAULTS: Readonly<Record<string, Fault>> = {
  kill: async ({ redis, random }) => {
    await redis.kill();
    await sleep(random(1_000));
    await redis.restart();
  },
  freeze: async ({ redis, random }) => {
    redis.freeze();
    await sleep(100 + random(1_500));
    redis.thaw();
  },
  cut: async ({ proxy }) => proxy.cut(),
  delay: async ({ proxy, random }) => {
    proxy.spoil('replies', { delayMs: 50 + random(200) });
    await sleep(1_000);
    proxy.spoil('replies');
  },
  pieces: async ({ proxy, random }) => {
    proxy.spoil('replies', { pieceBytes: 1 + random(1_000) });
    await sleep(500);
    proxy.spoil('replies');
  },
  reset: async ({ proxy, random }) => {
    proxy.spoil('replies', { resetAfterBytes: random(200_000) });
    await sleep(500);
    proxy.spoil('replies');
  },
  'black hole': async ({ proxy, random }) => {
    proxy.spoil('replies', { blackHole: true });
    await sleep(random(1_500));
    proxy.cut();
    proxy.spoil('replies');
  },
  'CLIENT KILL': async ({ redis }) => redis.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes'),
  'worker exit': async ({ greedy, calls }) => calls.run(() => greedy.set('exit', { how: 'exit' })),
  'worker uncaught': async ({ greedy, calls }) =>
    calls.run(() => greedy.set('uncaught', { how: 'uncaught' })),
  'worker hang': async ({ greedy, calls }) => calls.run(() => greedy.set('hang', { how: 'hang' })),
};

const NAMES = Object.keys(FAULTS);

/** Does one fault by chance. Resolves to its name when it is over. */
export async function soakFault(target: SoakTarget): Promise<string> {
  const name = NAMES[target.random(NAMES.length)] ?? 'cut';
  await FAULTS[name]?.(target);
  return name;
}
