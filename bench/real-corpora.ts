import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

/** A real document from an npm package. */
interface RealCorpus {
  readonly name: string;
  readonly file: string;
  load(): Promise<unknown>;
}

const { resolve } = createRequire(import.meta.url);

/** Records with optional fields: every emoji with its images and skin variations, about 1.3 MB of JSON. */
export const EMOJI = real('emoji-datasource', 'emoji-datasource/emoji.json');

/** Real corpora, for what generated ones would not show. They are development dependencies. */
export const REAL_CORPORA: readonly RealCorpus[] = [
  EMOJI,
  real('world-atlas: nested number arrays', 'world-atlas/countries-50m.json'),
  // The package's main entry is its data file.
  real('browser-compat-data: a deep dictionary', '@mdn/browser-compat-data'),
];

function real(name: string, file: string): RealCorpus {
  return { name, file, load: async () => JSON.parse(await readFile(resolve(file), 'utf8')) };
}
