import { expect, test } from 'vitest';
import { chooseWay, type SpawnProbes } from '../../dist/cli/spawn-redis.js';

/** A machine with these programs, and with Docker or without; it notes what it was asked. */
function machine(programs: readonly string[], docker: boolean): SpawnProbes & { asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    onPath: async (name) => {
      asked.push(name);
      return programs.includes(name) ? `/usr/bin/${name}` : undefined;
    },
    dockerAnswers: async () => {
      asked.push('docker');
      return docker;
    },
  };
}

test('redis-server comes before valkey-server and Docker, which are not even asked for', async () => {
  const probes = machine(['redis-server', 'valkey-server'], true);
  expect(await chooseWay(probes)).toEqual({ kind: 'program', path: '/usr/bin/redis-server' });
  expect(probes.asked).toEqual(['redis-server']);
});

test('valkey-server is as good', async () => {
  expect(await chooseWay(machine(['valkey-server'], true))).toEqual({
    kind: 'program',
    path: '/usr/bin/valkey-server',
  });
});

test('Docker serves where there is no program', async () => {
  expect(await chooseWay(machine([], true))).toEqual({ kind: 'docker' });
});

test('without any the error names all three', async () => {
  await expect(chooseWay(machine([], false))).rejects.toMatchObject({
    code: 'ERR_OPTION',
    message: expect.stringMatching(/redis-server.*valkey-server.*Docker/),
  });
});
