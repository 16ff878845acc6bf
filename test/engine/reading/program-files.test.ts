/** Programs by their files: in the order of names, and refused in a sentence where they are no programs. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { programFiles } from '../../../src/engine/reading/program-files';

let folder: string;
const at = (name: string) => path.join(folder, name);
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'program-files-'));
  mkdirSync(at('some'));
  mkdirSync(at('none'));
  writeFileSync(at('some/b.py'), 'b = 1\n');
  writeFileSync(at('some/a.py'), 'a = 1\n');
  writeFileSync(at('some/notes.txt'), 'no program\n');
  writeFileSync(at('empty.py'), ' \n');
  writeFileSync(at('bytes.py'), 'a\0b');
  writeFileSync(at('large.py'), '#'.repeat(1_000_001));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a folder stands for its Python files, by name', async () => {
  const texts = (await programFiles([at('some/b.py'), at('some')])).map(({ text }) => text);
  expect(texts).toEqual(['b = 1\n', 'a = 1\n', 'b = 1\n']);
});

test.each([
  ['absent.py', 'is not there. Name a Python file, or a folder that holds some.'],
  ['none', 'holds no Python files.'],
  ['empty.py', 'is empty; there is no code to read.'],
  ['bytes.py', 'is no text. Name Python files.'],
  ['large.py', 'has 1000001 bytes, more than any model here reads.'],
])('%s is refused', async (name, sentence) => {
  await expect(programFiles([at(name)])).rejects.toThrow(`${at(name)} ${sentence}`);
});

test.skipIf(process.platform === 'win32')('a pipe is refused, and not waited for', async () => {
  execFileSync('mkfifo', [at('pipe.py')]);
  await expect(programFiles([at('pipe.py')])).rejects.toThrow('pipe.py is no file that can be read as text.');
});
