import { displayKey, type ErrorCode, OffloopError, type Outcome } from '../errors.js';

/** How far an operation has come; decides what its running out of time, or its abort, means. */
export type Stage = 'ordered' | 'connecting' | 'crowded' | 'queued' | 'working' | 'sent';

/** What an operation is called in a message. */
interface Named {
  readonly name: string;
  readonly key: string;
  readonly writes: boolean;
}

/** For writes that Redis may have got. */
export const UNKNOWN_OUTCOME = '; the outcome is unknown';

const NOTHING_SENT = '; nothing was sent';

interface Meaning {
  /** Of a time that is up. */
  readonly code: ErrorCode;
  readonly outOfTime: string;
  readonly aborted: string;
}

const MEANINGS: Readonly<Record<Stage, Meaning>> = {
  ordered: {
    code: 'ERR_TIMEOUT',
    outOfTime: 'earlier operations on this key did not end',
    aborted: 'aborted before its turn on this key',
  },
  connecting: {
    code: 'ERR_CONNECTION',
    outOfTime: 'no connection to Redis',
    aborted: 'aborted while it waited for a connection',
  },
  crowded: {
    code: 'ERR_OVERLOADED',
    outOfTime: 'no room came free on the command connection (see the overload options)',
    aborted: 'aborted while it waited for room on the command connection',
  },
  queued: {
    code: 'ERR_OVERLOADED',
    outOfTime: 'no worker came free (see the pool options)',
    aborted: 'aborted while it waited for a worker',
  },
  working: {
    code: 'ERR_TIMEOUT',
    outOfTime: 'a worker did not finish',
    aborted: 'aborted while a worker had it',
  },
  sent: {
    code: 'ERR_TIMEOUT',
    outOfTime: 'Redis did not answer',
    aborted: 'aborted before Redis answered',
  },
};

/** What the caller of an operation is told whose time was up. */
export function outOfTime(operation: Named, stage: Stage, timeoutMs: number): OffloopError {
  const { code, outOfTime: text } = MEANINGS[stage];
  const message = `${title(operation)}: ${text} within ${timeoutMs} ms${outcomeText(operation, stage)}`;
  return new OffloopError(code, message, outcomeAt(operation, stage));
}

/** What the caller of an operation is told whose signal fired. The signal's reason is the caller's: its cause, and not in the message. */
export function aborted(
  operation: Named,
  { stage, reason }: { readonly stage: Stage; readonly reason: unknown },
): OffloopError {
  const text = `${title(operation)}: ${MEANINGS[stage].aborted}${outcomeText(operation, stage)}`;
  return new OffloopError('ERR_ABORTED', text, outcomeAt(operation, stage), { cause: reason });
}

/** What a caller is told whose signal had fired before he called. A batch has no key. */
export function abortedAtCall(
  { name, key, writes }: Pick<Named, 'name' | 'writes'> & { readonly key?: string },
  reason: unknown,
): OffloopError {
  const what = key === undefined ? name : title({ name, key });
  const text = `${what}: aborted before the call${NOTHING_SENT}`;
  return new OffloopError('ERR_ABORTED', text, writes ? 'not-applied' : undefined, { cause: reason });
}

/** What an operation is called in a message. */
export function title({ name, key }: Pick<Named, 'name' | 'key'>): string {
  return `${name} ${displayKey(key)}`;
}

/** What an operation that came so far has done; undefined where it writes nothing. */
export function outcomeAt({ writes }: Pick<Named, 'writes'>, stage: Stage): Outcome | undefined {
  if (!writes) return undefined;
  return stage === 'sent' || stage === 'working' ? 'unknown' : 'not-applied';
}

function outcomeText({ writes }: Named, stage: Stage): string {
  if (stage === 'sent' || stage === 'working') return writes ? UNKNOWN_OUTCOME : '';
  // What waits for a worker to read it was found by a command.
  return stage === 'queued' && !writes ? '' : NOTHING_SENT;
}
