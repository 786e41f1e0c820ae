import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningRedis, startRedis } from '../support/redis-server.js';

const INDEX = new URL('../../dist/index.js', import.meta.url).href;
const ROOM = new URL('../../dist/offload/thread-room.js', import.meta.url).href;
const READS = 12;
const run = promisify(execFile);

let server: RunningRedis;
beforeAll(async () => {
  server = await startRedis();
});
afterAll(() => server.stop());

/** Full collections of the threads, main aside, while 8 MB are read as bytes by a process with some options of Node's. */
async function threadCollections(...options: string[]): Promise<number> {
  const program = `
    import { RedisBackend } from ${JSON.stringify(INDEX)};
    const cache = new RedisBackend({ url: ${JSON.stringify(server.url)}, keyPrefix: 'room:' });
    await cache.set('bytes', Buffer.alloc(8 * 1024 * 1024, 'room'));
    const read = async () => (await cache.open('bytes')).bytes();
    for (let count = 0; count < 8; count += 1) await read();
    console.log('begin');
    for (let count = 0; count < ${READS}; count += 1) await read();
    console.log('end');
    await cache.close();`;
  const args = ['--trace-gc', ...options, '--input-type=module', '-e', program];
  const { stdout } = await run(process.execPath, args, { cwd: fileURLToPath(new URL('.', import.meta.url)) });
  const lines = stdout.split('\n');
  const heapOf = (line: string): string | undefined => /0x[0-9a-f]+/.exec(line)?.[0];
  // The main heap is the first that collects.
  const main = heapOf(lines.find((line) => heapOf(line) !== undefined) ?? '');
  const measured = lines.slice(lines.indexOf('begin'), lines.indexOf('end'));
  expect(measured.length).toBeGreaterThan(0);
  return measured.filter((line) => line.includes('Mark-Compact') && heapOf(line) !== main).length;
}

test('a thread does not look through its heap with every 8 MB that it receives', async () => {
  expect(await threadCollections()).toBeLessThan(READS / 4);
});

test('without room it does', async () => {
  // What was said on the command line is left as it is: here, the engine's own.
  expect(await threadCollections('--initial-old-space-size=0')).toBeGreaterThan(READS / 2);
});

/** What is said to the engine. */
const FLAGS = `
  import v8 from 'node:v8';
  import { syncBuiltinESMExports } from 'node:module';
  const said = [];
  const set = v8.setFlagsFromString;
  v8.setFlagsFromString = (flag) => {
    said.push(flag);
    set(flag);
  };
  syncBuiltinESMExports();
  const { withRoom } = await import(${JSON.stringify(ROOM)});
  const seen = {};
  const take = (name) => {
    seen[name] = said.splice(0);
  };
  let threads = 1;
  withRoom(512, () => threads, () => take('before'));
  take('none');
  try {
    withRoom(512, () => threads, () => {
      throw new Error('refused');
    });
  } catch (error) {
    seen.thrown = error.message;
  }
  take('failed');
  seen.answer = withRoom(100, () => threads, () => {
    threads++;
    return 'answer';
  });
  take('started');
  withRoom(512, () => threads, () => {});
  take('meanwhile');
  await new Promise((resolve) => setTimeout(resolve, 1300));
  take('later');
  console.log(JSON.stringify(seen));`;

async function flags(...options: string[]): Promise<unknown> {
  const { stdout } = await run(process.execPath, [...options, '--input-type=module', '-e', FLAGS]);
  return JSON.parse(stdout);
}

test('the engine is told for as long as a thread starts, and at once no more where none does', async () => {
  const [room, none] = ['--initial-old-space-size=64', '--initial-old-space-size=0'];
  expect(await flags()).toEqual({
    before: [room],
    none: [none],
    thrown: 'refused',
    failed: [room, none],
    answer: 'answer',
    // Half of what the heap may take is the most.
    started: ['--initial-old-space-size=50'],
    meanwhile: [room],
    later: [none],
  });
});

test('what the command line says of it is left alone', async () => {
  const none = { before: [], none: [], failed: [], started: [], meanwhile: [], later: [] };
  const silent = { ...none, thrown: 'refused', answer: 'answer' };
  expect(await flags('--initial_old_space_size=100')).toEqual(silent);
  expect(await flags('--initial-heap-size=100')).toEqual(silent);
});
