import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { Socket } from 'node:net';

/** A server program that cannot outlive this process. */
export interface OwnedChild {
  readonly pid: number;
  /** Why it ended, or `undefined` while it runs. */
  ended(): string | undefined;
  /** Ends it and removes its directory. Calling it again is harmless. */
  stop(): Promise<void>;
}

/**
 * The shell becomes the server (`exec`), so the child's pid is the server's. Before that it leaves a guard behind
 * that reads a pipe from us. The pipe ends when we do, for whatever reason, SIGKILL included, and then the guard
 * kills the server and removes the directory; a line in the pipe says that there is nothing left to do.
 */
const GUARDED = `
directory=$1
shift
( trap '' INT TERM HUP
  read -r _ <&3 || { kill -9 $$; rm -rf "$directory"; }
) > /dev/null 2>&1 < /dev/null &
exec 3<&- < /dev/null
exec "$@"
`;

/** How long a server may take to end by itself. */
const TERM_MS = 3_000;

/** Starts `command` with `directory` as its working directory, which goes when the program goes. */
export function startChild(command: readonly string[], directory: string): OwnedChild {
  // A group of its own: Ctrl-C reaches us alone, and the guard acts when we have ended.
  const child = spawn('/bin/sh', ['-c', GUARDED, 'guard', directory, ...command], {
    cwd: directory,
    detached: true,
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const { pid } = child;
  // Not the standard input: Node ends that by itself, without the line, before it tells of the exit.
  const pipe = child.stdio[3];
  if (pid === undefined || !(pipe instanceof Socket)) throw new Error(`${command[0]} could not be started`);
  let reason: string | undefined;
  // The guard may be gone when the line is written: then there is nobody left to tell, which is what we want.
  pipe.on('error', () => pipe.destroy());
  child.on('exit', (code, signal) => {
    reason = `it ended with ${signal ?? `exit code ${code}`}`;
    pipe.end('done\n');
  });
  // Neither the server nor its pipe is a reason for this process to stay.
  child.unref();
  pipe.unref();
  const killNow = (): void => void child.kill('SIGKILL');
  process.on('exit', killNow);
  child.on('exit', () => process.off('exit', killNow));
  return {
    pid,
    ended: () => reason,
    stop: async () => {
      if (reason === undefined) await end(child);
      rmSync(directory, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

async function end(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit');
  child.ref();
  child.kill('SIGTERM');
  const harder = setTimeout(() => child.kill('SIGKILL'), TERM_MS);
  await gone;
  clearTimeout(harder);
}
