import { describe, expect, it } from 'vitest';
import { type Access, KeyOrder } from '../../dist/redis/key-order.js';

/** Runs operations by name and notes which have started. */
class Trial {
  readonly order = new KeyOrder();
  readonly started: string[] = [];
  readonly #turns = new Map<string, { key: string; access: Access; turn: { start(): void } }>();

  enter(name: string, key: string, access: Access): void {
    const turn = { start: () => void this.started.push(name) };
    this.#turns.set(name, { key, access, turn });
    if (this.order.enter(key, access, turn)) turn.start();
  }

  clear(name: string, prefix: string): void {
    const turn = { start: () => void this.started.push(name) };
    this.#turns.set(name, { key: prefix, access: 'command', turn });
    if (this.order.enterClear(prefix, turn)) turn.start();
  }

  leave(name: string): void {
    const held = this.#turns.get(name);
    if (held) this.order.leave(held.key, held.access);
  }

  leaveClear(name: string): void {
    const held = this.#turns.get(name);
    if (held) this.order.leaveClear(held.turn);
  }
}

describe('on one key', () => {
  it.each([
    ['command', 'command', true],
    ['command', 'read', true],
    ['read', 'read', true],
    ['read', 'command', false],
    ['command', 'bulk', false],
    ['read', 'bulk', false],
    ['bulk', 'command', false],
    ['bulk', 'read', false],
    ['bulk', 'bulk', false],
  ] as const)('after a %s, a %s runs at once: %s', (first, second, atOnce) => {
    const trial = new Trial();
    trial.enter('first', 'k', first);
    trial.enter('second', 'k', second);
    expect(trial.started).toEqual(atOnce ? ['first', 'second'] : ['first']);
    trial.leave('first');
    expect(trial.started).toEqual(['first', 'second']);
  });

  it('nothing overtakes one that waits', () => {
    const trial = new Trial();
    trial.enter('a', 'k', 'read');
    trial.enter('b', 'k', 'bulk');
    trial.enter('c', 'k', 'read');
    expect(trial.started).toEqual(['a']);
    trial.leave('a');
    expect(trial.started).toEqual(['a', 'b']);
    trial.leave('b');
    expect(trial.started).toEqual(['a', 'b', 'c']);
  });
});

it('thousands that pass their turn on at once do not overflow the stack', () => {
  const order = new KeyOrder();
  const count = 50_000;
  let started = 0;
  const turns = Array.from({ length: count }, (_, index) => {
    const access: Access = index % 2 === 0 ? 'read' : 'command';
    return {
      access,
      start: () => {
        started++;
        order.leave('k', access);
      },
    };
  });
  for (const turn of turns) order.enter('k', turn.access, turn);
  order.leave('k', 'read');
  expect(started).toBe(count - 1);
});

it('different keys do not wait for each other', () => {
  const trial = new Trial();
  trial.enter('a', 'k', 'bulk');
  trial.enter('b', 'l', 'bulk');
  expect(trial.started).toEqual(['a', 'b']);
});

describe('a clear', () => {
  it('waits for what was called before it on its prefix, and holds back what comes after', () => {
    const trial = new Trial();
    trial.enter('before', 'p:1', 'command');
    trial.enter('waiting', 'p:1', 'bulk');
    trial.enter('foreign', 'q:1', 'bulk');
    trial.clear('clear', 'p:');
    trial.enter('after', 'p:2', 'command');
    trial.enter('foreign too', 'q:2', 'command');
    expect(trial.started).toEqual(['before', 'foreign', 'foreign too']);
    trial.leave('before');
    trial.leave('waiting');
    expect(trial.started.slice(3)).toEqual(['waiting', 'clear']);
    trial.leaveClear('clear');
    expect(trial.started.at(-1)).toBe('after');
  });

  it('after a clear waits for it and for what it held back', () => {
    const trial = new Trial();
    trial.clear('one', 'p:');
    trial.enter('held', 'p:1', 'command');
    trial.clear('two', '');
    trial.enter('last', 'p:1', 'command');
    expect(trial.started).toEqual(['one']);
    trial.leaveClear('one');
    expect(trial.started).toEqual(['one', 'held']);
    trial.leave('held');
    expect(trial.started).toEqual(['one', 'held', 'two']);
    trial.leaveClear('two');
    expect(trial.started).toEqual(['one', 'held', 'two', 'last']);
  });

  it('of another prefix does not wait', () => {
    const trial = new Trial();
    trial.clear('one', 'p:');
    trial.clear('two', 'q:');
    expect(trial.started).toEqual(['one', 'two']);
  });
});

it('tells whether commands on a key are under way, and not of reads or other keys', () => {
  const order = new KeyOrder();
  const turn = { start: () => {} };
  order.enter('k', 'command', turn);
  order.enter('k', 'read', turn);
  order.enter('other', 'read', turn);
  expect([order.hasCommands('k'), order.hasCommands('other'), order.hasCommands('none')]).toEqual([
    true,
    false,
    false,
  ]);
  order.leave('k', 'command');
  expect(order.hasCommands('k')).toBe(false);
});
