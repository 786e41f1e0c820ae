import { afterEach, expect, test, vi } from 'vitest';
import { columnsCodec } from '../../dist/codec/columns.js';
import { ColumnPlaces } from '../../dist/codec/columns-places.js';
import { SetPlan } from '../../dist/codec/columns-plan.js';
import { ColumnWalk } from '../../dist/codec/columns-walk.js';
import { WalkSource } from '../../dist/codec/columns-walk-source.js';
import { difference } from '../support/same-value.js';
import { joined, segmented } from '../support/segmented.js';

const SEGMENT_BYTES = 65_536;

afterEach(() => {
  vi.restoreAllMocks();
});

/** Rows in several shapes, in each of which some fields are null now and then. */
function mixedRows(count: number): object[] {
  return Array.from({ length: count }, (_, index) => {
    const row: Record<string, unknown> = { id: index, name: `row ${index}`, state: `state ${index % 5}` };
    for (let field = 0; field < 8; field++)
      row[`field${field}`] = index % (101 + 2 * field) === field ? null : `${field}.${index}`;
    if (index % 3 > 0) row.size = index % 1000;
    if (index % 7 > 2) row.tags = [`tag ${index % 11}`, `tag ${index % 13}`];
    if (index % 191 === 0) row.note = `note ${index}`;
    return row;
  });
}

test('code is made a few times for a list of rows that differ, and then never again', () => {
  const compiled = vi.spyOn(ColumnWalk, 'compile');
  const rows = mixedRows(10_000);
  const made = segmented(rows, SEGMENT_BYTES, columnsCodec);
  expect(made.segments.length).toBeGreaterThan(8);
  expect(difference(joined(made), rows)).toBe(undefined);
  // For each row that was not foreseen, and for each first row of a segment, it had been 20 times.
  expect(compiled.mock.calls.length).toBeLessThanOrEqual(5);
  const before = compiled.mock.calls.length;
  for (let time = 0; time < 3; time++) segmented(rows, SEGMENT_BYTES, columnsCodec);
  expect(compiled.mock.calls.length).toBe(before);
});

test('rows with long lists are not read twice for want of room', () => {
  const rows = Array.from({ length: 4_000 }, (_, index) => ({
    number: index,
    words: Array.from({ length: 6 + (index % 9) }, (_, word) => `${index * word}`),
  }));
  for (let time = 0; time < 2; time++) segmented(rows, SEGMENT_BYTES, columnsCodec);
  const runs = vi.spyOn(ColumnWalk.prototype, 'run');
  const made = segmented(rows, SEGMENT_BYTES, columnsCodec);
  const read = runs.mock.results.reduce((sum, { value }) => sum + (value as { rows: number }).rows, 0);
  expect(difference(joined(made), rows)).toBe(undefined);
  expect(read).toBeLessThan(1.1 * rows.length);
});

test('code for several shapes of the same fields is not several times as long', () => {
  const sourceOf = (shapes: number): string => {
    const plan = new SetPlan(0);
    for (let shape = 0; shape < shapes; shape++) {
      const row: Record<string, unknown> = {};
      for (let field = 0; field < 25; field++) if (field !== shape) row[`field${field}`] = [`${field}`];
      plan.absorb(row);
    }
    plan.settle();
    const places = new ColumnPlaces(plan);
    return new WalkSource(places).body(plan);
  };
  expect(sourceOf(8).length).toBeLessThan(2 * sourceOf(1).length);
});

test('columns do not lie a power of two apart', () => {
  for (const columns of [4, 12, 25, 100]) {
    const plan = new SetPlan(0);
    plan.absorb(
      Object.fromEntries(Array.from({ length: Math.min(columns, 64) }, (_, index) => [`k${index}`, 1])),
    );
    plan.settle();
    const { stride, rows } = new ColumnPlaces(plan);
    expect(stride % 16).toBe(8);
    expect(stride).toBeGreaterThanOrEqual(rows);
    expect(stride * Math.min(columns, 64)).toBeLessThanOrEqual(65_536);
  }
});

test('a batch has as many columns as it may, however they lie', () => {
  const inner = (set: number) =>
    Object.fromEntries(Array.from({ length: 62 }, (_, index) => [`k${set}_${index}`, index]));
  const plan = new SetPlan(0);
  plan.absorb(Object.fromEntries(Array.from({ length: 15 }, (_, set) => [`set${set}`, inner(set)])));
  plan.settle();
  const walk = ColumnWalk.compile(plan);
  expect(walk?.places.columns).toBeGreaterThan(930);
  expect(walk?.places.rows).toBeGreaterThanOrEqual(64);
});
