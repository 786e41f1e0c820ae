#!/usr/bin/env node
import zlib from 'node:zlib';

// What everything else imports by name does not exist before Node.js 20.15 and 22.2: the engine would end with a SyntaxError that
// tells nobody why. So nothing of ours is imported before this is known.
if ('crc32' in zlib) {
  const { run } = await import('./run.js');
  await run();
} else {
  process.stderr.write(
    `offloop: Node.js 20.19 or later is needed, of 22 the release 22.2 or later; this is ${process.version}\n`,
  );
  // As for anything else that cannot be used: EXIT.usage.
  process.exitCode = 2;
}
