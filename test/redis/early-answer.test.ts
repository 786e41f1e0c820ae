import { describe, expect, it } from 'vitest';
import {
  abortedAtCall,
  outOfTime,
  type Stage,
  aborted as toldAborted,
} from '../../dist/redis/early-answer.js';

const STAGES: readonly Stage[] = ['ordered', 'connecting', 'crowded', 'queued', 'working', 'sent'];

/** What a message says of what was sent. */
function outcomes(message: (stage: Stage) => string): string[] {
  return STAGES.map((stage) => /(nothing was sent|the outcome is unknown)$/.exec(message(stage))?.[0] ?? '');
}

const reason = new Error('the request was closed');
const aborted = (operation: typeof write, stage: Stage) => toldAborted(operation, { stage, reason });
const write = { name: 'set', key: 'a "key"\n', writes: true };
const read = { name: 'get', key: 'k', writes: false };

describe.each([
  ['aborted', (of: typeof write, stage: Stage) => aborted(of, stage).message],
  ['out of time', (of: typeof write, stage: Stage) => outOfTime(of, stage, 100).message],
])('%s', (_name, message) => {
  it('a write that may have been sent has an unknown outcome, and any other was not sent', () => {
    const nothing = 'nothing was sent';
    const unknown = 'the outcome is unknown';
    expect(outcomes((stage) => message(write, stage))).toEqual([
      ...[nothing, nothing, nothing, nothing],
      ...[unknown, unknown],
    ]);
  });

  it('a read says that nothing was sent only where that is so', () => {
    const nothing = 'nothing was sent';
    expect(outcomes((stage) => message(read, stage))).toEqual([
      ...[nothing, nothing, nothing],
      ...['', '', ''],
    ]);
  });

  it('the message begins with the operation and its key, escaped', () => {
    for (const stage of STAGES) expect(message(write, stage)).toMatch(/^set "a \\"key\\"\\n": /);
  });
});

it('an abort is ERR_ABORTED at every stage, with the reason of the signal as its cause', () => {
  for (const stage of STAGES) expect(aborted(write, stage).cause).toBe(reason);
  expect(STAGES.map((stage) => aborted(write, stage).code)).toEqual(STAGES.map(() => 'ERR_ABORTED'));
});

it('what was aborted before the call names its key where it has one', () => {
  const ofKey = abortedAtCall({ name: 'get', key: 'k', writes: false }, reason);
  expect(ofKey.message).toBe('get "k": aborted before the call; nothing was sent');
  expect(ofKey.cause).toBe(reason);
  const ofMany = abortedAtCall({ name: 'getMany', writes: false }, reason);
  expect(ofMany.message).toBe('getMany: aborted before the call; nothing was sent');
});
