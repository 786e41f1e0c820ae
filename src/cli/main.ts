#!/usr/bin/env node
import { reportFailure } from './failure.js';
import { Interrupted, runProgram } from './program.js';

const interrupted = new AbortController();
// The first asks for a clean end, the second does not wait for it.
process.once('SIGINT', () => {
  interrupted.abort(new Interrupted());
  process.once('SIGINT', () => process.exit(130));
});
process.once('SIGTERM', () => interrupted.abort(new Interrupted()));

try {
  process.exitCode = await runProgram(process.argv.slice(2), interrupted.signal);
} catch (error) {
  process.exitCode = reportFailure(error, process.argv.slice(2));
}
