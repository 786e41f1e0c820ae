import { createReadStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, extname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { describe, OffloopError } from '../errors.js';
import type { BenchValue } from './bench.js';

/** Values that stand for what a user caches. */
export interface Sample {
  /** A file's name or a pattern: what a report calls it. */
  readonly source: string;
  readonly values: readonly BenchValue[];
}

/** Values that are kept of a large sample; more would take memory and tell no more. */
const MAX_VALUES = 256;
const MAX_BYTES = 512 * 1024 ** 2;
const LINE_FILES: ReadonlySet<string> = new Set(['.ndjson', '.jsonl']);
const MODULES: ReadonlySet<string> = new Set(['.js', '.mjs', '.cjs']);

/**
 * Reads values from a JSON file (one value), an NDJSON or JSON Lines file (a value a line), a directory of such files, or
 * a JavaScript module whose default export is an array, an iterable, or a function that gives one (a generator).
 * Keeps at most 256 values and 512 MB of JSON text, of a longer sample every n-th. Only reads. Rejects with `ERR_OPTION`.
 */
export async function loadSample(path: string): Promise<Sample> {
  if (typeof path !== 'string') throw refused('path', `it must be a string, received ${describe(path)}`);
  const source = basename(path) || path;
  const kind = await stat(path).catch((error: unknown) => {
    throw refused(path, `it cannot be read (${codeOf(error)})`);
  });
  const values = kind.isDirectory() ? await readDirectory(path) : await readSampleFile(path);
  return { source, values: sampleOf(values, path) };
}

/** Values as a sample: each must be JSON or what a codec keeps; throws `ERR_OPTION` for none. */
export function sampleOf(values: readonly unknown[], source: string): BenchValue[] {
  if (values.length === 0) throw refused(source, 'it holds no value');
  const kept: BenchValue[] = [];
  let bytes = 0;
  for (const [index, value] of thinned(values).entries()) {
    const size = sizeOf(value, source);
    if (bytes + size > MAX_BYTES && kept.length > 0) break;
    bytes += size;
    kept.push({ label: `value ${index + 1}`, bytes: size, value });
  }
  return kept;
}

/** Every n-th, so that what is kept is spread over all of them. */
function thinned<T>(list: readonly T[]): readonly T[] {
  if (list.length <= MAX_VALUES) return list;
  const step = list.length / MAX_VALUES;
  return Array.from({ length: MAX_VALUES }, (_, index) => list[Math.floor(index * step)]).filter(
    (item): item is T => item !== undefined,
  );
}

function sizeOf(value: unknown, source: string): number {
  if (ArrayBuffer.isView(value)) return value.byteLength;
  if (value === undefined) throw refused(source, 'a value is undefined');
  try {
    return Buffer.byteLength(JSON.stringify(value) ?? '');
  } catch {
    // A bigint, or a cycle: the codecs will say more where they refuse it.
    throw refused(source, 'a value has no JSON form to take its size from');
  }
}

async function readSampleFile(path: string): Promise<unknown[]> {
  const extension = extname(path).toLowerCase();
  if (MODULES.has(extension)) return readModule(path);
  if (LINE_FILES.has(extension)) return readLines(path);
  return [parse(await readText(path), basename(path))];
}

async function readDirectory(path: string): Promise<unknown[]> {
  const names = (await readdir(path, { withFileTypes: true }))
    .filter(
      (entry) => entry.isFile() && (entry.name.endsWith('.json') || LINE_FILES.has(extname(entry.name))),
    )
    .map(({ name }) => name)
    .sort();
  const values: unknown[] = [];
  for (const name of thinned(names)) values.push(...(await readSampleFile(join(path, name))));
  return values;
}

async function readLines(path: string): Promise<unknown[]> {
  const values: unknown[] = [];
  const lines = createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY });
  let number = 0;
  try {
    for await (const line of lines) {
      number += 1;
      if (line.trim() !== '') values.push(parse(line, `${basename(path)}, line ${number}`));
    }
  } catch (error) {
    if (error instanceof OffloopError) throw error;
    throw refused(path, `it cannot be read (${codeOf(error)})`);
  }
  return values;
}

async function readModule(path: string): Promise<unknown[]> {
  let exported: unknown;
  try {
    ({ default: exported } = await import(pathToFileURL(resolve(path)).href));
    if (typeof exported === 'function') exported = await exported();
  } catch (error) {
    throw refused(path, `its default export failed (${error instanceof Error ? error.name : 'an error'})`);
  }
  if (typeof exported === 'string' || !isIterable(exported)) {
    throw refused(path, 'its default export must be an iterable of values, or a function that gives one');
  }
  const values: unknown[] = [];
  for await (const value of exported) {
    values.push(value);
    // A generator may have no end.
    if (values.length === MAX_VALUES) break;
  }
  return values;
}

function isIterable(value: unknown): value is Iterable<unknown> | AsyncIterable<unknown> {
  return (
    typeof value === 'object' && value !== null && (Symbol.iterator in value || Symbol.asyncIterator in value)
  );
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw refused(path, `it cannot be read (${codeOf(error)})`);
  }
}

function parse(text: string, where: string): unknown {
  if (text.trim() === '') throw refused(where, 'it is empty');
  try {
    return JSON.parse(text);
  } catch {
    // The engine's message would quote the text, which is a value.
    throw refused(where, 'it is not JSON');
  }
}

function refused(source: string, why: string): OffloopError {
  return new OffloopError('ERR_OPTION', `the sample ${source}: ${why}`);
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
}
