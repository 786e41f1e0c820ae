import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const CLI = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
/** Makes this Node one whose zlib has no `crc32`, for `import { crc32 }` too. */
const OLDER =
  "const zlib = require('node:zlib'); delete zlib.crc32; require('node:module').syncBuiltinESMExports();";

test('an older Node.js is told which one is needed, in one line', async () => {
  const preload = `data:text/javascript,${encodeURIComponent(
    `import { createRequire } from 'node:module'; const require = createRequire('file:///'); ${OLDER}`,
  )}`;
  const ended: unknown = await promisify(execFile)(process.execPath, [
    '--import',
    preload,
    CLI,
    '--version',
  ]).catch((error: unknown) => error);
  expect(ended).toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringMatching(/^offloop: Node\.js 20\.19 or later is needed, .*; this is v\d+[^\n]*\n$/),
  });
});
