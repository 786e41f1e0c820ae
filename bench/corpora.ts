import { FULL } from '#bench/bench.js';
import { runCorpora } from './scenario-corpora.js';
import { withSession } from './session.js';

/** Every kind of value beside the peers: `npm run bench:corpora`. */
await withSession({ scale: FULL, peers: ['offloop', 'ioredis-json', 'ioredis-cbor', 'keyv'] }, ({ bench }) =>
  runCorpora(bench),
);
