import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { readTemplate } from '../../../src/cli/arguments/options';
import { readCode } from '../../../src/cli/arguments/source';
import { temporaryFolder, type Folder } from '../kit';

let folder: Folder;
beforeAll(async () => {
  folder = await temporaryFolder();
});
afterAll(() => folder.remove());
afterEach(() => vi.unstubAllEnvs());

describe('code from standard input', () => {
  const from = (...chunks: (string | Uint8Array)[]) => ({ stdin: Readable.from(chunks.map((chunk) => Buffer.from(chunk as string))) });

  test.each(['-', '/dev/stdin'])('%s has no file', async (argument) => {
    const text = 'print("é" + 1)\n';
    const [first, second] = [Buffer.from(text).subarray(0, 8), Buffer.from(text).subarray(8)]; // in the middle of a character
    expect(await readCode(argument, from(first, second))).toEqual({ file: null, folder: null, text });
  });

  test('lines of it', async () => {
    expect(await readCode('-:2-2', from('a = 1\nb = 2\n'))).toEqual({ file: null, folder: null, text: 'a = 1\nb = 2\n', range: { start: 6, end: 11, line: 2 } });
    await expect(readCode('-:3', from('a\nb\n'))).rejects.toThrow('Standard input has 2 lines, so there is no line 3.');
  });

  test('nothing, zero bytes and too much are said', async () => {
    await expect(readCode('-', from())).rejects.toThrow('Standard input is empty; there is no code to read.');
    await expect(readCode('-', { stdin: Readable.from([Buffer.from('\ufeffa = 1', 'utf16le')]) })).rejects.toThrow('Standard input is UTF-16 text, which Python does not read either; save it as UTF-8.');
    await expect(readCode('-', from('a\0b'))).rejects.toThrow('Standard input is binary (it holds a zero byte); give a text file.');
    await expect(readCode('-', from('a'.repeat(15e6), 'a'.repeat(15e6)))).rejects.toThrow('Standard input has more; files of at most 20 MB are read.');
    await expect(readCode('-', from(Uint8Array.of(0xe9)))).rejects.toThrow('Standard input is not UTF-8 text');
  });

  test('one line stands for what is around it, with what that needs', async () => {
    const text = 'a = 1\n\ndef f():\n    return a\n';
    expect(await readCode('-:4', from(text))).toMatchObject({ range: { start: 7, end: 28 }, needs: true });
  });

  test('waiting for it ends with Ctrl-C', async () => {
    const stop = new AbortController();
    const reading = readCode('-', { stdin: new Readable({ read: () => undefined }), signal: stop.signal });
    stop.abort();
    await expect(reading).rejects.toThrow('aborted');
  });
});

test('other languages are refused by their names', async () => {
  await expect(readCode('web/app.ts')).rejects.toThrow('web/app.ts is TypeScript. Latent Lens reads Python: .py files, cells of notebooks (NOTEBOOK.ipynb:CELL), and standard input (-).');
  await expect(readCode('page.HTML:3')).rejects.toThrow('page.HTML is HTML. Latent Lens reads Python');
  await expect(readCode('app.dart')).rejects.toThrow('app.dart ends in .dart, so it is no Python file.');
  await expect(readCode('app.dart')).rejects.toThrow('If it holds Python: latent-lens … - < app.dart');
});

describe('a notebook', () => {
  const cells = [
    { cell_type: 'markdown', source: ['# Weather'] },
    { cell_type: 'code', source: ['temp = 21\n', 'city = 2'] },
    { cell_type: 'code', source: 'print("T: " + temp)' },
  ];

  test('is read cell by cell', async () => {
    const file = await folder.write('a.ipynb', JSON.stringify({ cells, nbformat: 4, metadata: {} }));
    const before = [{ number: 2, text: 'temp = 21\ncity = 2' }];
    expect(await readCode(`${file}:3`)).toEqual({
      file: `${file}, cell 3`, text: 'print("T: " + temp)', folder: folder.path('.').replace(/\/$/, ''), notebook: { before, number: 3 },
    });
    await expect(readCode(file)).rejects.toThrow(`name it as ${file}:3, counted from 1 with those of text. Cells with code: 2, 3.`);
    await expect(readCode(`${file}:1`)).rejects.toThrow('has no code in cell 1. Cells with code: 2, 3.');
    await expect(readCode(`${file}:9`)).rejects.toThrow('has 3 cells, so there is no cell 9.');
    await expect(readCode(`${file}:2-3`)).rejects.toThrow('Of a notebook one cell is explained');
  });

  test('of another language, or none at all', async () => {
    const r = await folder.write('r.ipynb', JSON.stringify({ cells, metadata: { kernelspec: { language: 'R' } } }));
    await expect(readCode(`${r}:2`)).rejects.toThrow('is a notebook of R.');
    await expect(readCode(await folder.write('n.ipynb', '[1'))).rejects.toThrow('is no notebook: it is not JSON.');
    await expect(readCode(await folder.write('m.ipynb', 'null'))).rejects.toThrow('is no notebook of version 4');
  });
});

describe.skipIf(process.platform === 'win32')('pipes', () => {
  test('a pipe with a name, as of <(…)', async () => {
    const pipe = folder.path('pipe');
    execFileSync('mkfifo', [pipe]);
    const [source] = await Promise.all([readCode(pipe), writeFile(pipe, 'x = 1\n')]);
    expect(source).toMatchObject({ file: pipe, text: 'x = 1\n' });
  });

  test('a device without an end', async () => {
    await expect(readCode('/dev/zero')).rejects.toThrow('/dev/zero has more; files of at most 20 MB are read.');
    await expect(readCode('/dev/null')).rejects.toThrow('/dev/null is empty');
  });
});

test('a file in the encoding that it declares', async () => {
  const file = await folder.write('latin1.py', Buffer.from('# -*- coding: latin-1 -*-\nname = "caf\xe9"\nprint(name + 1)\n', 'latin1'));
  expect((await readCode(file)).text).toBe('# -*- coding: latin-1 -*-\nname = "café"\nprint(name + 1)\n');
});

test.skipIf(process.platform === 'win32')('~ that no shell has expanded is the user’s folder', async () => {
  vi.stubEnv('HOME', folder.path('.'));
  await folder.write('code.py', 'x = 1\ny = 2\n');
  expect(await readCode('~/code.py:2-2')).toMatchObject({ file: folder.path('code.py'), text: 'x = 1\ny = 2\n', range: { start: 6, end: 11, line: 2 } });
  await folder.write('q.json', JSON.stringify({ id: 'q', title: 'Q', prefix: '', suffix: '\n#', answers: [{ label: 'a', text: ' a' }, { label: 'b', text: ' b' }] }));
  expect((await readTemplate('~/q.json')).id).toBe('q');
});
