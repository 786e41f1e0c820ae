import { defineConfig, mergeConfig } from 'vitest/config';
import base from './vitest.config.js';

/** What our handling of each trap is taken out for, one at a time. */
export default mergeConfig(
  { ...base, test: { ...base.test, include: [], exclude: [], globalSetup: [] } },
  defineConfig({
    test: {
      include: ['test/without/**/*.test.ts'],
      testTimeout: 180_000,
      outputFile: { json: 'coverage/traps.json' },
    },
  }),
);
