import { access, constants, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { OffloopError } from '../errors.js';

/** Writes a file. Rejects with `ERR_OPTION`. */
export async function writeText(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text);
  } catch (error) {
    throw new OffloopError('ERR_OPTION', `${path} cannot be written (${codeOf(error)})`);
  }
}

/** Refuses, before minutes are spent, a path that could not be written at the end. Leaves no file behind. */
export async function assertWritable(path: string | undefined): Promise<void> {
  if (path === undefined) return;
  try {
    await access(dirname(path), constants.W_OK);
    const isFolder = await stat(path).then(
      (found) => found.isDirectory(),
      () => false,
    );
    if (!isFolder && (await stat(dirname(path))).isDirectory()) return;
  } catch (error) {
    throw new OffloopError('ERR_OPTION', `${path} cannot be written (${codeOf(error)})`);
  }
  throw new OffloopError('ERR_OPTION', `${path} cannot be written: it is no file in a folder`);
}

/** The document in a JSON file. Rejects with `ERR_OPTION`. */
export async function readJson(path: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw new OffloopError('ERR_OPTION', `${path} cannot be read (${codeOf(error)})`);
  }
  try {
    return JSON.parse(text);
  } catch {
    // The engine's message would quote the text.
    throw new OffloopError('ERR_OPTION', `${path} is not JSON`);
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
}
