import { defineConfig, mergeConfig } from 'vitest/config';
import base from './vitest.config.js';

/** Faults on purpose: one item at a time, since each measures. */
export default mergeConfig(
  { ...base, test: { ...base.test, include: [], exclude: [] } },
  defineConfig({
    test: {
      include: ['test/chaos/**/*.test.ts'],
      fileParallelism: false,
      hookTimeout: 120_000,
      outputFile: { json: 'coverage/chaos.json' },
    },
  }),
);
