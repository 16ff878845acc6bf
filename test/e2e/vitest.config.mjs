import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { BaseSequencer } from 'vitest/node';

/** What builds anew comes last. */
class PackageLast extends BaseSequencer {
  async sort(files) {
    const isLast = ({ moduleId }) => moduleId.endsWith('package.test.mjs');
    return [...files].sort((a, b) => isLast(a) - isLast(b) || a.moduleId.localeCompare(b.moduleId));
  }
}

// One window at a time: two of them would share two processors, and what is slow there is not what is tested.
export default defineConfig({
  test: {
    root: path.dirname(path.dirname(path.dirname(fileURLToPath(import.meta.url)))),
    include: ['test/e2e/**/*.test.mjs'],
    pool: 'forks',
    maxWorkers: 1,
    fileParallelism: false,
    sequence: { sequencer: PackageLast },
    testTimeout: 120_000,
    hookTimeout: 300_000, // the first one installs editor and browser
  },
});
