import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';

/** Whether the engine knows the methods of strings without looking them up, in a process that has imported a module. */
function isFastWith(module: string): boolean {
  const script = `
    await import(${JSON.stringify(module)});
    console.log(%HasFastProperties(String.prototype));`;
  const args = ['--allow-natives-syntax', '--input-type=module', '-e', script];
  return execFileSync(process.execPath, args, { encoding: 'utf8' }).trim() === 'true';
}

it('trap 32: methods of strings are as fast with ioredis as without it', () => {
  // If this changes, what undoes it can go.
  expect(isFastWith('ioredis')).toBe(false);
  expect(isFastWith('offloop')).toBe(true);
});
