import { cborNativeStrings } from '../../dist/codec/cbor.js';
import { fuzzItem } from '../support/fuzz-item.js';
import { scorecard } from '../support/scorecard.js';

scorecard(
  25,
  '1,000,000 mutated frames, native parts on',
  async (item) => {
    item.note('cbor-extract in use', cborNativeStrings ? 1 : 0);
    await fuzzItem(item);
  },
  900_000,
);
