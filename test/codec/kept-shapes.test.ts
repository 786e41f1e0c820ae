import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const FIXTURE = fileURLToPath(new URL('./fixtures/kept-shapes.mjs', import.meta.url));
/** As V8 tells that it throws the code of a function away with a hidden class that it depends on, in Node 20 to 26. */
const THROWN_AWAY = /marking dependent code .*<SharedFunctionInfo ?([^>]*)>.*weak objects/g;

interface Measured {
  readonly what: string;
  /** Milliseconds. */
  readonly atRest: number;
  readonly behind: number;
}

function run(flags: readonly string[]): { measured: Measured[]; thrownAway: Set<string> } {
  const output = execFileSync(process.execPath, [...flags, FIXTURE], {
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  const result = /^RESULT (.*)$/m.exec(output)?.[1] ?? '[]';
  return {
    measured: JSON.parse(result) as Measured[],
    thrownAway: new Set(Array.from(output.matchAll(THROWN_AWAY), (match) => match[1] ?? '')),
  };
}

it('a full collection throws away no code that encodes and decodes', { timeout: 60_000 }, () => {
  const { measured, thrownAway } = run(['--trace-deopt']);
  expect(measured).toHaveLength(4);
  const isControl = (name: string) => name.endsWith('Forgotten');
  // Of the fixture's own class, of which nothing is kept.
  expect([...thrownAway].filter(isControl)).not.toEqual([]);
  expect([...thrownAway].filter((name) => !isControl(name))).toEqual([]);
});

it('right behind a full collection all is as fast as before it', { timeout: 60_000 }, () => {
  const { measured } = run([]);
  expect(measured).toHaveLength(4);
  // Without the samples 4 to 9 times as long.
  for (const { what, atRest, behind } of measured) expect(behind / atRest, what).toBeLessThan(2.5);
});
