import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cborCodec } from '../../dist/codec/cbor.js';
import { columnsCodec } from '../../dist/codec/columns.js';
import { graphCodec } from '../../dist/codec/graph.js';
import { jsonCodec } from '../../dist/codec/json.js';
import { msgpackCodec } from '../../dist/codec/msgpack.js';
import { rawCodec } from '../../dist/codec/raw.js';
import { arbitraryValue, expected } from '../support/arbitrary-values.js';
import { codeThrownBy } from '../support/error-code.js';
import { difference } from '../support/same-value.js';

const RUNS = 20_000;

describe.each([
  { codec: graphCodec, name: 'graph', leastKept: 0.4 },
  { codec: columnsCodec, name: 'graph', leastKept: 0.4 },
  { codec: jsonCodec, name: 'json', leastKept: 0.2 },
  { codec: cborCodec, name: 'cbor', leastKept: 0.4 },
  { codec: msgpackCodec, name: 'msgpack', leastKept: 0.4 },
  { codec: rawCodec, name: 'raw', leastKept: 0.05 },
] as const)('$codec.name', ({ codec, name, leastKept }) => {
  it(`${RUNS} generated values: each comes back as the type table says, or is refused`, {
    timeout: 300_000,
  }, () => {
    let kept = 0;
    fc.assert(
      fc.property(arbitraryValue(), fc.boolean(), (value, owned) => {
        const wanted = expected(name, value);
        if (wanted === 'refused') {
          expect(codeThrownBy(() => codec.encode(value))).toBe('ERR_VALUE');
          return;
        }
        kept++;
        const bytes = Uint8Array.from(codec.encode(value));
        expect(difference(codec.decode(bytes, owned), wanted.kept)).toBe(undefined);
      }),
      { numRuns: RUNS, seed: 20_240_611 },
    );
    expect(kept).toBeGreaterThan(RUNS * leastKept);
  });
});
