/** The scripts of examples/library run as they stand, on what the build made of the library. */
import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const SAID: Record<string, RegExp[]> = {
  'predict.mjs': [/^"print\(\\"Temperature: \\" \+ 21\)": TypeError \(\d+ %\), Python: TypeError$/m, /Python: no error$/m, /Python: KeyError$/m],
  'patching.mjs': [/^Compared: .+$/m, /^logit\(.+\) - logit\(.+\): -?\d+\.\d\d in the original, -?\d+\.\d\d in the variant$/m, /^layer \d, ".+": \d+ %$/m],
  'batch.mjs': [/^unpatched: \w+, \w+, \w+$/m, /^layer 0: \w+, \w+, \w+ \(changed by \d+ %\)$/m],
  'hooks.mjs': [/^blocks\.2\.hook_mlp_out at the last token: norm \d+\.\d\d$/m, /changes by \d+\.\d\d$/m],
};

test('each script has a test', () => {
  expect(readdirSync('examples/library').filter((file) => file.endsWith('.mjs')).sort()).toEqual(Object.keys(SAID).sort());
});

test.each(Object.entries(SAID))('%s', async (file, said) => {
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [`examples/library/${file}`]);
  expect(stderr).toBe('');
  for (const line of said) expect(stdout).toMatch(line);
}, 60_000);
