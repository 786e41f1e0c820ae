import type { Bench } from '#bench/bench.js';
import { takeTurns } from '#bench/rounds.js';
import { type Bar, complete, figure, ratioOf } from './bar.js';
import type { Held, RemoteCall } from './peer-process.js';
import { withRemotePeers } from './remote-peer.js';

const TURNS = { rounds: 11, callers: 1, warmUpMs: 600, budgetMs: 250, waitBudgetMs: 0 } as const;
const KEY = 'handle';

/** Bar 4: 8 MB of bytes by a handle beside the same bytes by ioredis, and JSON text of 8 MB beside those bytes. */
export async function measureHandles(bench: Bench): Promise<Bar[]> {
  const peers = ['offloop', 'offloop', 'ioredis-bytes'] as const;
  return withRemotePeers(bench, peers, async ([bytes, json, baseline]) => {
    if (!bytes || !json || !baseline) throw new Error('every peer of the bar is needed');
    const held = (corpus: Held['corpus'], key = KEY): Held => ({
      key,
      corpus,
      bytes: 8 * 1024 * 1024,
      keep: false,
    });
    // Two keys: the two processes of ours have one prefix.
    await bytes.hold(held('JSON text'));
    await json.hold(held('records', `${KEY}/json`));
    await baseline.hold(held('records'));
    const call = (operation: RemoteCall['operation'], key = KEY): RemoteCall => ({ operation, key });
    const rows = complete(
      await takeTurns(
        [
          bytes.entrant(call('bytes'), 'bytes'),
          json.entrant(call('json', `${KEY}/json`), 'json'),
          baseline.entrant(call('bytes'), 'getBuffer'),
        ],
        TURNS,
      ),
    );
    const cpu = (name: string) => figure(rows, name, 'mainCpuMs');
    return [
      {
        bar: 'large-4',
        what: 'bytes() of 8 MB: main CPU of that of ioredis getBuffer',
        ...ratioOf([cpu('bytes'), cpu('getBuffer')]),
        holds: 'at most',
        target: 0.5,
      },
      {
        bar: 'large-4',
        what: 'json() of 8 MB of records: main CPU of that of bytes()',
        ...ratioOf([cpu('json'), cpu('bytes')]),
        holds: 'at most',
        target: 1.3,
      },
    ];
  });
}
