import { open, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { OffloopError } from '../errors.js';
/** Writes a file. Rejects with `ERR_OPTION`. */
export async function writeText(path, text) {
    try {
        await writeFile(path, text);
    }
    catch (error) {
        throw new OffloopError('ERR_OPTION', `${path} cannot be written (${codeOf(error)})`);
    }
}
/** Refuses, before minutes are spent, a path that could not be written at the end. Leaves no file behind. */
export async function assertWritable(path) {
    if (path === undefined)
        return;
    const existed = await stat(path).then(() => true, () => false);
    try {
        // Rights alone do not tell: a file system may be read-only, a folder one of the kernel's.
        await (await open(path, 'a')).close();
        if (!existed)
            await rm(path);
    }
    catch (error) {
        throw new OffloopError('ERR_OPTION', `${path} cannot be written (${codeOf(error)})`);
    }
}
/** The document in a JSON file. Rejects with `ERR_OPTION`. */
export async function readJson(path) {
    let text;
    try {
        text = await readFile(path, 'utf8');
    }
    catch (error) {
        throw new OffloopError('ERR_OPTION', `${path} cannot be read (${codeOf(error)})`);
    }
    try {
        return JSON.parse(text);
    }
    catch {
        // The engine's message would quote the text.
        throw new OffloopError('ERR_OPTION', `${path} is not JSON`);
    }
}
function codeOf(error) {
    return error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
}
