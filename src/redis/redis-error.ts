import { type ErrorCode, OffloopError } from '../errors.js';

interface Meaning {
  readonly code: ErrorCode;
  readonly text: string;
}

const REFUSED: Meaning = { code: 'ERR_AUTH', text: 'Redis refused the user name or the password' };
const OF_ANOTHER_NODE: Meaning = {
  code: 'ERR_SERVER',
  text: 'another node of a cluster has this key: name the nodes by the option cluster',
};

/** What the first word of an error reply means. */
const REPLIES: Readonly<Record<string, Meaning>> = {
  WRONGTYPE: { code: 'ERR_WRONG_TYPE', text: 'the key holds another type than a string' },
  NOAUTH: { code: 'ERR_AUTH_REQUIRED', text: 'Redis asks for a password, and none was given' },
  WRONGPASS: REFUSED,
  NOPERM: { code: 'ERR_PERMISSION', text: 'the Redis user may not run this command or touch this key' },
  OOM: { code: 'ERR_OUT_OF_MEMORY', text: 'Redis is at maxmemory and evicts nothing' },
  READONLY: { code: 'ERR_READONLY', text: 'the server is a read-only replica' },
  LOADING: { code: 'ERR_LOADING', text: 'Redis is loading its data set' },
  MISCONF: { code: 'ERR_READONLY', text: 'Redis cannot save to disk and refuses writes' },
  CLUSTERDOWN: { code: 'ERR_CONNECTION', text: 'the cluster does not serve this key' },
  TRYAGAIN: { code: 'ERR_CONNECTION', text: 'the cluster is moving this key' },
  MASTERDOWN: { code: 'ERR_CONNECTION', text: 'the replica has lost its master' },
  MOVED: OF_ANOTHER_NODE,
  ASK: OF_ANOTHER_NODE,
};

/** What replies say that have no word of their own. */
const TEXTS: readonly (readonly [RegExp, Meaning])[] = [
  [/invalid (username|password)|without any password configured/i, REFUSED],
  [/DB index is out of range/i, { code: 'ERR_OPTION', text: 'the server has no database of this number' }],
  [
    /SELECT is not allowed in cluster mode/i,
    {
      code: 'ERR_OPTION',
      text: 'the server is a node of a cluster, which has database 0 alone: name the nodes by the option cluster',
    },
  ],
  [
    /cluster support disabled/i,
    {
      code: 'ERR_OPTION',
      text: 'the server is no node of a cluster: name it by url, without the option cluster',
    },
  ],
];

/** How ioredis says that no Sentinel led to a server; behind it what the last one failed with, where one did. */
const SENTINELS = /^All sentinels are unreachable[^.]*\.(?: Last error: (.*))?$/s;
const NO_SUCH_MASTER: Meaning = {
  code: 'ERR_CONNECTION',
  text: 'no Sentinel knows a master of the name in sentinel.name',
};
const SENTINEL_TEXTS: readonly (readonly [RegExp, Meaning])[] = [
  [/no such master/i, NO_SUCH_MASTER],
  [/unknown command/i, { code: 'ERR_OPTION', text: 'what sentinel.sentinels names is no Sentinel' }],
  [
    /^NOAUTH\b/,
    { code: 'ERR_AUTH_REQUIRED', text: 'the Sentinel asks for a password: give sentinel.password' },
  ],
  [
    /^WRONGPASS\b|invalid (username|password)|without any password configured/i,
    { code: 'ERR_AUTH', text: 'the Sentinel refused sentinel.username or sentinel.password' },
  ],
];

const NETWORK =
  /^(E[A-Z_]{3,}|ERR_TLS_[A-Z_]+|ERR_SSL_[A-Z_]+|[A-Z_]*CERT[A-Z_]*|HOSTNAME_MISMATCH|UNABLE_TO_[A-Z_]+|SELF_SIGNED_[A-Z_]+)$/;

/** How ioredis and Node speak of a connection: their errors for it have no code of their own. */
const CONNECTION =
  /connect|socket|stream|sentinel|cluster|slots|closed|aborted|timed? ?out|MaxRetries|node|reset/i;

/**
 * What an error of ioredis means, as one of ours. Nothing of it is taken over but the first word of a reply and the
 * system's code: its text and its fields hold commands with their values, and passwords.
 */
export function fromRedis(error: unknown, operation: string): OffloopError {
  if (error instanceof OffloopError) return error;
  const { code, text } = meaning(error);
  // Redis said no.
  const refused = error instanceof Error && error.name === 'ReplyError';
  return new OffloopError(code, `${operation}: ${text}`, refused ? 'not-applied' : undefined);
}

function meaning(error: unknown): Meaning {
  if (!(error instanceof Error)) return { code: 'ERR_SERVER', text: 'an unknown failure' };
  // A cluster client that reached no node says only so; why is in what the last node said.
  if ('lastNodeError' in error && error.lastNodeError instanceof Error) return meaning(error.lastNodeError);
  const sentinels = SENTINELS.exec(error.message);
  if (sentinels) return meaningOfSentinels(sentinels[1]);
  // A transaction that Redis dropped says so alone; why is in what its commands were answered.
  if ('previousErrors' in error && Array.isArray(error.previousErrors) && error.previousErrors.length > 0) {
    return meaning(error.previousErrors[0]);
  }
  const word = /^-?([A-Z]{3,20})\b/.exec(error.message)?.[1] ?? '';
  const reply = Object.hasOwn(REPLIES, word) ? REPLIES[word] : undefined;
  if (reply) return reply;
  const told = inText(TEXTS, error.message);
  if (told) return told;
  const system: unknown = 'code' in error ? error.code : undefined;
  if (typeof system === 'string' && NETWORK.test(system)) {
    return { code: 'ERR_CONNECTION', text: `the connection to Redis failed (${system})` };
  }
  if (error.name === 'ReplyError')
    return { code: 'ERR_SERVER', text: `Redis answered with an error (${word || 'ERR'})` };
  return CONNECTION.test(`${error.name} ${error.message}`)
    ? { code: 'ERR_CONNECTION', text: 'the connection to Redis was lost or could not be made' }
    : { code: 'ERR_SERVER', text: 'an unexpected failure' };
}

/** What no Sentinel led to a server for, by the text of the last one's error; without one it answered, and knew of none. */
function meaningOfSentinels(last: string | undefined): Meaning {
  if (last === undefined) return NO_SUCH_MASTER;
  // Of one that is away ioredis says only that the connection is closed.
  const away: Meaning = { code: 'ERR_CONNECTION', text: 'no server of sentinel.sentinels can be reached' };
  return inText(SENTINEL_TEXTS, last) ?? away;
}

/** The meaning of the first pattern that the message matches. */
function inText(texts: readonly (readonly [RegExp, Meaning])[], message: string): Meaning | undefined {
  return texts.find(([pattern]) => pattern.test(message))?.[1];
}
