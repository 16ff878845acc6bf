import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const shared = {
  root: path.dirname(path.dirname(path.dirname(fileURLToPath(import.meta.url)))),
  pool: 'forks',
  globalSetup: ['test/e2e/install.mjs'],
  testTimeout: 180_000,
  hookTimeout: 120_000,
};
const PACKAGE = 'test/e2e/package.test.mjs';

// One window at a time: with two on two processors, tests of the mouse and the cursor waited in vain.
// The package comes after all others, as it builds anew what they run.
export default defineConfig({
  test: {
    root: shared.root,
    projects: [
      {
        test: {
          ...shared,
          name: 'windows',
          include: ['test/e2e/**/*.test.mjs'],
          exclude: [PACKAGE],
          maxWorkers: 1,
          sequence: { groupOrder: 1 }, // of 0, one file at a time comes behind every other group
        },
      },
      { test: { ...shared, name: 'package', include: [PACKAGE], maxWorkers: 1, sequence: { groupOrder: 2 } } },
    ],
  },
});
