import { vi } from 'vitest';
import { cborNativeStrings } from '../../dist/codec/cbor.js';
import { fuzzItem } from '../support/fuzz-item.js';
import { scorecard } from '../support/scorecard.js';

// Before any codec is imported: this file has a process of its own.
vi.hoisted(() => {
  process.env.CBOR_NATIVE_ACCELERATION_DISABLED = 'true';
  process.env.MSGPACKR_NATIVE_ACCELERATION_DISABLED = 'true';
});

scorecard(
  '25b',
  '1,000,000 mutated frames, native parts off',
  async (item) => {
    item.none('cbor-extract in use', cborNativeStrings ? 1 : 0);
    await fuzzItem(item);
  },
  900_000,
);
