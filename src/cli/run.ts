import { reportFailure } from './failure.js';
import { Interrupted, runProgram } from './program.js';

/** The command line of this process: what was asked, signals, and the exit code. */
export async function run(): Promise<void> {
  const stop = new AbortController();
  // The first asks for a clean end, the second does not wait for it. The handlers stay: between two there would be none.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      const reason = new Interrupted(signal);
      if (stop.signal.aborted) process.exit(reason.exitCode);
      stop.abort(reason);
    });
  }

  // Node ignores SIGPIPE: that `head` has seen enough comes as an error, which would end the process with its keys left in Redis.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    stop.abort(new Interrupted('SIGPIPE'));
  });

  try {
    process.exitCode = await runProgram(process.argv.slice(2), stop.signal);
  } catch (error) {
    process.exitCode = reportFailure(error, process.argv.slice(2));
    // A client of a library that was measured may go on to connect to a server that has gone.
    setTimeout(() => process.exit(), 2_000).unref();
  }
}
