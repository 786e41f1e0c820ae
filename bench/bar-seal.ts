import { randomBytes } from 'node:crypto';
import type { Bench } from '#bench/bench.js';
import { takeTurns } from '#bench/rounds.js';
import { type Bar, complete, figure, ratioOf } from './bar.js';
import { withRemotePeers } from './remote-peer.js';

const BYTES = 8 * 1024 * 1024;
const TURNS = { rounds: 9, callers: 1, warmUpMs: 600, budgetMs: 500, waitBudgetMs: 0 } as const;
const KEY = 'seal';

/** What keys add to the main-thread CPU of 8 MB of records: workers seal and open them. */
export async function measureSeal(bench: Bench): Promise<Bar[]> {
  const keys = { current: randomBytes(32).toString('hex') };
  const variants = [
    { id: 'offloop', variant: 'encryption', offloop: { encryption: { keys } } },
    { id: 'offloop', variant: 'integrity', offloop: { integrity: { keys } } },
  ] as const;
  return withRemotePeers(bench, ['offloop', ...variants], async ([plain, ...sealed]) => {
    if (!plain) throw new Error('Offloop is needed');
    for (const peer of [plain, ...sealed]) await peer.hold({ key: KEY, corpus: 'records', bytes: BYTES });
    const bars: Bar[] = [];
    for (const operation of ['get', 'set'] as const) {
      const call = { operation, key: KEY };
      const entrants = sealed.map((peer, index) => peer.entrant(call, variants[index]?.variant));
      const rows = complete(await takeTurns([plain.entrant(call, 'plain'), ...entrants], TURNS));
      for (const { variant } of variants) {
        bars.push({
          bar: 'seal',
          what: `${operation}, 8 MB of records: main CPU with ${variant} of that without`,
          ...ratioOf([figure(rows, variant, 'mainCpuMs'), figure(rows, 'plain', 'mainCpuMs')]),
          holds: 'at most',
          target: 1.1,
        });
      }
    }
    return bars;
  });
}
