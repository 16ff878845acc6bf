import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { fileProblem, plainMessage } from '../../../src/protocol/words/file-problem';

const folder = mkdtempSync(path.join(tmpdir(), 'latent-lens-file-problem-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** What is thrown, as a reader would see it. */
function said(doIt: () => unknown): string {
  try {
    doIt();
  } catch (error) {
    return plainMessage(error as Error);
  }
  throw new Error('Nothing was thrown.');
}

describe('what the system says about files', () => {
  it('is a sentence without a code that names the file, for any way to fail', () => {
    const at = (name: string) => path.join(folder, name);
    writeFileSync(at('file'), '');
    mkdirSync(at('full/inside'), { recursive: true });
    symlinkSync(at('loop'), at('loop'));
    const failures: [() => unknown, RegExp][] = [
      [() => readFileSync(at('none')), /^There is no file or folder .*none\.$/],
      [() => readFileSync(at('file/inside')), /part of its path is no folder/],
      [() => readdirSync(at('file')), /part of its path is no folder/],
      [() => writeFileSync(at('full'), ''), /full is a folder; give a file\.$/],
      [() => writeFileSync(at('none/file'), ''), /^There is no file or folder/],
      [() => mkdirSync(at('full')), /is there already/],
      [() => readFileSync(at('loop')), /a link that leads back to itself/],
      [() => readFileSync(at('a'.repeat(300))), /longer than names of files may be/],
    ];
    for (const [doIt, sentence] of failures) {
      const words = said(doIt);
      expect(words).toMatch(sentence);
      expect(words).not.toMatch(/\bE[A-Z]{3,}\b|open '|errno/);
    }
  });

  it('is the same from VS Code', () => {
    expect(fileProblem({ code: 'FileNotFound' }, 'q.json')).toBe('There is no file or folder q.json.');
    expect(fileProblem({ code: 'NoPermissions' }, 'q.json')).toMatch(/check its permissions/);
    expect(fileProblem({ code: 'FileIsADirectory' }, 'q.json')).toMatch(/is a folder/);
  });

  it('leaves other errors as they are', () => {
    expect(fileProblem(new Error('Something else.'), 'q.json')).toBeNull();
    expect(fileProblem(Object.assign(new Error('x'), { code: 'ERR_MODULE_NOT_FOUND' }), 'q.json')).toBeNull();
    expect(plainMessage(new Error('Something else.'))).toBe('Something else.');
  });
});
