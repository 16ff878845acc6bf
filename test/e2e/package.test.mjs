// The .vsix: what is in it, and that it works where nothing else of the repository is. Last of all, as it builds anew.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { packageExtension } from '../../package.mjs';
import { engines, explained, TEMPERATURE, useSession } from './session.mjs';

/** Half of it are the model and its autoencoders; of the rest ONNX Runtime and Python are the most. */
const MOST_BYTES = 90e6;

let work;
let vsix;

beforeAll(async () => {
  work = mkdtempSync(path.join(tmpdir(), 'latent-lens-vsix-'));
  vsix = await packageExtension({ file: path.join(work, 'latent-lens.vsix'), log: (line) => console.log(line) });
}, 300_000); // it may have to install the packager
afterAll(() => rmSync(work, { recursive: true, force: true }));

const session = useSession(() => ({ extension: vsix }));

/** The names in a zip file, from its directory. */
function namesIn(file) {
  const bytes = readFileSync(file);
  const end = bytes.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  const names = [];
  let at = bytes.readUInt32LE(end + 16);
  for (let i = bytes.readUInt16LE(end + 10); i > 0; i--) {
    const [name, extra, comment] = [28, 30, 32].map((offset) => bytes.readUInt16LE(at + offset));
    names.push(bytes.toString('utf8', at + 46, at + 46 + name));
    at += 46 + name + extra + comment;
  }
  return names;
}

it('the package is small and holds what is needed on this platform, no more', () => {
  console.log(`${(statSync(vsix).size / 1e6).toFixed(1)} MB`);
  expect(statSync(vsix).size).toBeLessThan(MOST_BYTES);
  const names = namesIn(vsix).filter((name) => name.startsWith('extension/')).map((name) => name.slice('extension/'.length));
  const folders = [...new Set(names.filter((name) => name.includes('/')).map((name) => name.split('/')[0]))].sort();
  expect(folders).toEqual(['dist', 'examples', 'licences', 'media', 'models', 'node_modules', 'schemas']);
  const library = /^dist\/judge\/lib\.[\w.]+\.d\.ts$/; // the compiler's
  expect(names).toEqual(expect.arrayContaining(['dist/judge/main.cjs', 'dist/judge/lib.es5.d.ts', 'dist/judge/lib.dom.d.ts']));
  expect(names.filter((name) => !library.test(name) && name !== 'examples/types/cart.ts').filter((name) => /\.(?:map|ts|vsix)$|\.d\.\w+$|^dist\/bench|(?:^|\/)(?:test|src)\/.*\.test\./.test(name))).toEqual([]);
  const binaries = names.filter((name) => /\.(?:node|so|dylib|dll)(?:[.\d]*)$/.test(name));
  expect(binaries.length).toBeGreaterThan(0);
  const here = `node_modules/onnxruntime-node/bin/napi-v6/${process.platform}/${process.arch}/`;
  expect(binaries.filter((name) => !name.startsWith(here))).toEqual([]);
  expect(names).toEqual(expect.arrayContaining(['dist/extension/main.cjs', 'dist/engine/main.mjs', 'dist/cli/main.mjs', 'dist/cli/command.mjs', 'models/python-errors/model.safetensors', 'models/types/model.safetensors', 'examples/types/cart.ts']));
  const licences = ['onnxruntime-node/LICENSE', 'onnxruntime-node/ThirdPartyNotices.txt', 'pyodide/LICENSE', 'pyodide/LICENSE-cpython.txt'];
  expect(names).toEqual(expect.arrayContaining(['LICENSE.txt', 'THIRD-PARTY.md', ...licences.map((name) => `licences/${name}`)]));
});

it('installed from the package, the extension explains', async () => {
  const panel = await explained(session);
  expect(await panel.text('[data-part="prediction"]')).toContain('TypeError');
  expect(await panel.text('[data-part="actual"]')).toContain(TEMPERATURE.message);
  const [pid] = engines(session);
  expect(execFileSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' })).toContain(path.join('user', 'extensions', 'latent-lens.latent-lens'));
});
