import { type ErrorCode, OffloopError } from '../errors.js';
import { Interrupted } from './program.js';

/** How the program ends, where no signal ends it. */
export const EXIT = {
  ok: 0,
  /** A threshold was passed, the doctor found a problem, or a value cannot be read. */
  finding: 1,
  /** An option, an argument, a file or a sample cannot be used. */
  usage: 2,
  /** Redis cannot be reached, or refuses us. */
  redis: 3,
  /** Something that should not happen. */
  internal: 70,
} as const;

const OF_REDIS: ReadonlySet<ErrorCode> = new Set([
  'ERR_CONNECTION',
  'ERR_AUTH',
  'ERR_AUTH_REQUIRED',
  'ERR_PERMISSION',
  'ERR_TIMEOUT',
  'ERR_READONLY',
  'ERR_LOADING',
  'ERR_OUT_OF_MEMORY',
  'ERR_SERVER',
]);

const HOW_TO_START =
  'start one (redis-server, or docker run --rm -p 6379:6379 redis:7-alpine), or name another by --url or OFFLOOP_URL';
/** The commands that can do with an empty server. */
const CAN_SPAWN: ReadonlySet<string | undefined> = new Set(['bench', 'tune']);

/** Tells what went wrong in one line on stderr, and answers the exit code. No stack trace, and no password of the command line. */
export function reportFailure(error: unknown, args: readonly string[]): number {
  if (error instanceof Interrupted) {
    process.stderr.write('offloop: interrupted; nothing that it wrote to Redis is left\n');
    return error.exitCode;
  }
  const [message, code] = explain(error, args[0]);
  process.stderr.write(`offloop: ${masked(message, args)}\n`);
  return code;
}

function explain(error: unknown, command: string | undefined): readonly [message: string, code: number] {
  if (!(error instanceof OffloopError)) {
    const said = error instanceof Error ? (error.message.split('\n')[0] ?? '').slice(0, 200) : 'unknown';
    return [`unexpected failure: ${said}`, EXIT.internal];
  }
  const message = `${error.message} (${error.code})`;
  if (error.code === 'ERR_CONNECTION') {
    const spawn = CAN_SPAWN.has(command) ? ', or add --spawn for a throwaway server' : '';
    return [`${message}; ${HOW_TO_START}${spawn}`, EXIT.redis];
  }
  return [message, OF_REDIS.has(error.code) ? EXIT.redis : EXIT.usage];
}

/** Passwords of URLs are in no message of ours, but a parser may quote what it was given. */
function masked(message: string, args: readonly string[]): string {
  const secrets = [...args, process.env.OFFLOOP_URL ?? ''].flatMap(
    (text) => /:\/\/[^/@]*:([^/]+)@/.exec(text)?.[1] ?? [],
  );
  return secrets
    .flatMap((secret) => [secret, safeDecode(secret)])
    .filter((secret) => secret !== '')
    .reduce((text, secret) => text.replaceAll(secret, '****'), message)
    .replaceAll('\n', ' ');
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // Not percent-encoded: it stands in a message as it is.
    return text;
  }
}
