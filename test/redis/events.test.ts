import { afterAll, describe, expect, it } from 'vitest';
import { RedisBackend } from '../../dist/index.js';
import { thrownBy } from '../support/error-code.js';

const EVENTS = 'connect, disconnect, connectionError, corrupt, unavailable, breakerOpen, breakerClose';

const cache = new RedisBackend();
afterAll(() => cache.close());

describe.each(['on', 'off'] as const)('%s', (method) => {
  const call = (...args: unknown[]): unknown => Reflect.apply(cache[method], cache, args);

  it.each([
    ['nope', '"nope"'],
    ['error', '"error"'],
    ['', '""'],
    ['toString', '"toString"'],
    [Symbol('connect'), 'a symbol'],
    [undefined, 'undefined'],
  ])('an event that there is not is refused, with those that there are: %s', (event, received) => {
    expect(thrownBy(() => call(event, () => {}))).toEqual({
      code: 'ERR_OPTION',
      message: `the event must be one of ${EVENTS}, received ${received}`,
    });
  });

  it.each([
    [5, '5 (number)'],
    [undefined, 'undefined'],
    [{}, 'an object'],
  ])('a listener that is no function is refused: %s', (listener, received) => {
    expect(thrownBy(() => call('connect', listener))).toEqual({
      code: 'ERR_OPTION',
      message: `the listener of connect must be a function, received ${received}`,
    });
  });

  it('every event is accepted', () => {
    for (const event of EVENTS.split(', ')) expect(call(event, () => {})).toBe(cache);
  });
});
