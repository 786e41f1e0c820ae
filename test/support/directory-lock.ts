import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A claim on a name, held by this process until it is released. */
export interface DirectoryLock {
  /** Gives the name back. Calling it again is harmless. */
  release(): void;
}

/** A directory that holds no process id yet may have been made a moment ago: only an older one is a leftover. */
const WITHOUT_OWNER_MS = 10_000;

function code(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it is there and belongs to somebody else.
    return code(error) === 'EPERM';
  }
}

/** A lock is left over where its process is gone: killed, or the machine went down. */
function isLeftOver(directory: string): boolean {
  try {
    const pid = Number(readFileSync(join(directory, 'pid'), 'utf8'));
    if (Number.isSafeInteger(pid) && pid > 0) return !isAlive(pid);
    return Date.now() - statSync(directory).mtimeMs > WITHOUT_OWNER_MS;
  } catch (error) {
    if (code(error) !== 'ENOENT') throw error;
    const found = statSync(directory, { throwIfNoEntry: false });
    return found !== undefined && Date.now() - found.mtimeMs > WITHOUT_OWNER_MS;
  }
}

/** Takes the lock, or answers `undefined` where another live process (or this one) holds it. */
export function tryLock(name: string): DirectoryLock | undefined {
  const directory = join(tmpdir(), `offloop-${name}.lock`);
  for (let attempt = 0; attempt < 2; attempt += 1) {
    try {
      // mkdir is what makes this a lock: it succeeds for one process alone.
      mkdirSync(directory);
    } catch (error) {
      if (code(error) !== 'EEXIST') throw error;
      if (!isLeftOver(directory)) return undefined;
      rmSync(directory, { recursive: true, force: true });
      continue;
    }
    writeFileSync(join(directory, 'pid'), String(process.pid));
    const release = (): void => {
      process.off('exit', release);
      rmSync(directory, { recursive: true, force: true });
    };
    process.on('exit', release);
    return { release };
  }
  return undefined;
}

/** Waits for the lock, at most `timeoutMs`. */
export async function lock(name: string, timeoutMs: number): Promise<DirectoryLock> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const taken = tryLock(name);
    if (taken) return taken;
    if (Date.now() > deadline) throw new Error(`another process holds the lock "${name}" for too long`);
    await sleep(200);
  }
}
