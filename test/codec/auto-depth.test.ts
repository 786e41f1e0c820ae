import { expect, it } from 'vitest';
import { chooseCodec } from '../../dist/codec/auto.js';

const rows = Array.from({ length: 30 }, (_, id) => ({ id, name: `row ${id}` }));

it.each([
  ['a list of rows', rows, 'columns'],
  ['in an object', { rows }, 'columns'],
  ['four levels down', { a: { b: { c: { rows } } } }, 'columns'],
  ['five levels down', { a: { b: { c: { d: { rows } } } } }, 'graph'],
  ['in a list of documents', Array.from({ length: 3 }, () => ({ a: { b: { rows } } })), 'columns'],
])('rows %s: %s', (_, value, codec) => {
  expect(chooseCodec(value).name).toBe(codec);
});

it('of a wide and deep value some hundreds of parts are looked at', () => {
  let reads = 0;
  const wide = (levels: number): object => {
    const value = {};
    for (let field = 0; field < 30; field += 1) {
      Object.defineProperty(value, `field ${field}`, {
        enumerable: true,
        get: () => {
          reads += 1;
          return levels > 0 ? wide(levels - 1) : field;
        },
      });
    }
    return value;
  };
  expect(chooseCodec(wide(5)).name).toBe('graph');
  expect(reads).toBeGreaterThan(100);
  expect(reads).toBeLessThan(1_000);
});
