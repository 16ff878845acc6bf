/** Every package that the .vsix holds comes with the text of its licence. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const packed = readFileSync('.vscodeignore', 'utf8').split('\n').filter((line) => line.startsWith('!')).map((line) => line.slice(1));
const packages = [...new Set(packed.flatMap((line) => /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(line)?.[1] ?? []))];

test.each(packages)('%s', (name) => {
  const own = readdirSync(`node_modules/${name}`).filter((file) => /^licen[cs]e/i.test(file));
  const lines = packed.filter((line) => line.startsWith(`node_modules/${name}/`));
  const listed = own.length > 0 && lines.some((line) => /licen[cs]e/i.test(line));
  expect(listed || existsSync(`licences/${name}/LICENSE`)).toBe(true);
});

test('what ONNX Runtime and Pyodide contain is listed too', () => {
  expect(packages.length).toBeGreaterThan(15);
  expect(packed).toEqual(expect.arrayContaining(['THIRD-PARTY.md', 'licences/**']));
  expect(readFileSync('licences/onnxruntime-node/LICENSE', 'utf8')).toContain('MIT License');
  expect(readFileSync('licences/onnxruntime-node/ThirdPartyNotices.txt', 'utf8')).toContain('microsoft/cpp_client_telemetry');
  expect(readFileSync('licences/pyodide/LICENSE', 'utf8')).toContain('Mozilla Public License Version 2.0');
  expect(readFileSync('licences/pyodide/LICENSE-cpython.txt', 'utf8')).toContain('PYTHON SOFTWARE FOUNDATION LICENSE VERSION 2');
});
