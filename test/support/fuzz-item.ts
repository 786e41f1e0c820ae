import { fuzz } from './fuzz.js';
import { type Item, SEED } from './scorecard.js';

const MAX_FRAMES = 1_000_000;
/** What `npm run fuzz -- --seconds` asks for; it takes the place of a number of frames. */
const SECONDS = Number(process.env.TEST_FUZZ_SECONDS ?? 0);

/** The figures of item 25, with the native part of a codec or without. */
export async function fuzzItem(item: Item): Promise<void> {
  if (SECONDS > 0) item.form = 'short';
  const budget =
    SECONDS > 0
      ? { frames: Number.POSITIVE_INFINITY, milliseconds: (SECONDS * 1_000) / 2 }
      : { frames: item.scale(MAX_FRAMES, 100_000), milliseconds: item.scale(800_000, 4_000) };
  const result = await fuzz({ seed: SEED, ...budget });
  const wanted = SECONDS > 0 ? 1 : item.scale(MAX_FRAMES, 1_000);
  item.atLeast('mutated frames', result.frames, [wanted]);
  item.note('of those valid values', result.values);
  for (const [code, count] of Object.entries(result.codes)) item.note(code, count);
  item.none('errors that are not ours', result.foreign.length);
  item.atMost('the slowest', Math.round(result.slowestMs), [1_000, 'ms']);
  item.none('sound frames that were read as something else afterwards', result.changed.length);
  item.none('properties of Object.prototype', result.polluted);
  item.failures.push(...result.foreign.slice(0, 5), ...result.changed.slice(0, 5));
}
