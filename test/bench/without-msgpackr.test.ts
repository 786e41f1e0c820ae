import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import type { Report } from '../../dist/bench.js';
import { startRedis } from '../support/redis-server.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

it('codecs are measured where the package of one is not installed, and that one is named', async () => {
  const server = await startRedis();
  // The built package as it is installed elsewhere: with its dependencies, and without msgpackr, which is none of them.
  const folder = mkdtempSync(join(tmpdir(), 'offloop-without-msgpackr-'));
  try {
    for (const name of ['dist', 'package.json'])
      cpSync(join(ROOT, name), join(folder, name), { recursive: true });
    mkdirSync(join(folder, 'node_modules'));
    for (const name of readdirSync(join(ROOT, 'node_modules'))) {
      if (name !== 'msgpackr')
        symlinkSync(join(ROOT, 'node_modules', name), join(folder, 'node_modules', name));
    }
    const args = ['bench', '--url', server.url, '--quick', '--json'];
    const out = execFileSync(
      process.execPath,
      [join(folder, 'dist', 'cli', 'main.js'), ...args, '--scenarios', 'codecs', '--sizes', '1KB'],
      { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
    );
    const [result] = (JSON.parse(out) as Report).results;
    expect(result?.rows.map(({ peer }) => peer)).toEqual([
      'auto',
      'columns',
      'graph',
      'cbor',
      'json',
      'JSON',
    ]);
    expect(result?.notes).toContainEqual(expect.stringMatching(/^msgpack left out: .*npm install msgpackr$/));
  } finally {
    rmSync(folder, { recursive: true });
    await server.stop();
  }
});
