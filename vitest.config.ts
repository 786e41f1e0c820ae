import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/{chaos,without}/**', 'node_modules/**'],
    globalSetup: ['test/support/global-setup.ts'],
    // The tests use the built package. Node itself has to load it, or a worker's file would not be found beside it.
    server: { deps: { external: [/\/dist\//] } },
    pool: 'forks',
    // Real servers and real threads: more at once would measure the machine, not the code.
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    reporters: ['default', 'json'],
    outputFile: { json: 'coverage/vitest.json' },
  },
});
