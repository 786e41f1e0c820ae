import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

/** A real document from an npm package. */
interface RealCorpus {
  readonly name: string;
  readonly file: string;
  load(): Promise<unknown>;
  /** About so many bytes of JSON text: the beginning of a larger document, a list of copies of a smaller one. */
  loadSized(bytes: number): Promise<unknown>;
}

const { resolve } = createRequire(import.meta.url);

/** Records with optional fields: every emoji with its images and skin variations, about 1.3 MB of JSON. */
export const EMOJI = real('emoji-datasource', 'emoji-datasource/emoji.json');

/** Records with lists and optional fields: every emoji with its names and skin tones, about 0.75 MB of JSON. */
export const EMOJIBASE = real('emojibase-data', 'emojibase-data/en/data.json');

/** Nested arrays of numbers: borders of countries, about 0.7 MB of JSON. */
export const ATLAS = real('world-atlas: nested number arrays', 'world-atlas/countries-50m.json');

/** A dictionary of dictionaries with few common key sets, about 20 MB of JSON. The package's main entry is its data. */
export const COMPAT = real('browser-compat-data: a deep dictionary', '@mdn/browser-compat-data');

/** Real corpora, for what generated ones would not show. They are development dependencies. */
export const REAL_CORPORA: readonly RealCorpus[] = [EMOJI, EMOJIBASE, ATLAS, COMPAT];

function real(name: string, file: string): RealCorpus {
  const read = () => readFile(resolve(file), 'utf8');
  return {
    name,
    file,
    load: async () => JSON.parse(await read()),
    loadSized: async (bytes) => {
      const text = await read();
      const copies = Math.round(bytes / text.length);
      if (copies < 1) return beginning(JSON.parse(text), bytes);
      // Parsed once each: a list of one object many times is another thing than a list of many.
      return Array.from({ length: copies }, (): unknown => JSON.parse(text));
    },
  };
}

/** The first entries of a document that fit into so many bytes of JSON text, at every level. */
function beginning(value: unknown, bytes: number): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const kept: [key: string, child: unknown][] = [];
  let left = bytes;
  for (const [key, child] of Object.entries(value)) {
    const size = JSON.stringify(child).length + key.length + 4;
    kept.push([key, size <= left ? child : beginning(child, left)]);
    left -= size;
    if (left <= 0) break;
  }
  return Array.isArray(value) ? kept.map(([, child]) => child) : Object.fromEntries(kept);
}
