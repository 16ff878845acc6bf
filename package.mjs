// npm run package: builds, then makes a .vsix for this platform and prints its size.
//   node package.mjs [FILE.vsix]
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureInstalled } from './esbuild.mjs';
import { install, run } from './tools/install.mjs';

const root = path.dirname(fileURLToPath(import.meta.url));

/** What VS Code's marketplace calls the platforms that ONNX Runtime has binaries for. */
const TARGETS = ['linux-x64', 'linux-arm64', 'darwin-arm64', 'win32-x64', 'win32-arm64'];

/** @returns {Promise<string>} The .vsix file. */
export async function packageExtension({ log = console.error, file } = {}) {
  const target = `${process.platform}-${process.arch}`;
  if (!TARGETS.includes(target)) throw new Error(`There is no ONNX Runtime for ${target}, so no package can be made here. Platforms: ${TARGETS.join(', ')}.`);
  ensureInstalled();
  rmSync(path.join(root, 'dist'), { recursive: true, force: true }); // pieces of earlier builds would be packed as well
  const built = spawnSync(process.execPath, [path.join(root, 'esbuild.mjs')], { stdio: ['ignore', 2, 2] });
  if (built.status !== 0) throw new Error('The build failed, so there is nothing to package: see above.');
  const folder = await install({ name: 'packager', what: 'the packager', megabytes: 200, code: fileURLToPath(import.meta.url), finish: () => undefined, log });
  const { version, name } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  const vsix = file ?? path.join(root, `${name}-${target}-${version}.vsix`);
  const work = mkdtempSync(path.join(tmpdir(), 'latent-lens-package-'));
  try {
    const ignore = path.join(work, '.vscodeignore');
    writeFileSync(ignore, `${readFileSync(path.join(root, '.vscodeignore'), 'utf8')}${runtimeFiles().map((name) => `!${name}\n`).join('')}`);
    const vsce = path.join(folder, 'node_modules', '@vscode', 'vsce', 'vsce');
    const args = ['package', '--target', target, '--out', vsix, '--ignoreFile', ignore, '--allow-missing-repository', '--no-rewrite-relative-links'];
    const quicker = ['--require', path.join(folder, 'patterns-once.cjs')];
    const { status, output } = await run(process.execPath, [...quicker, vsce, ...args], { cwd: root });
    if (status !== 0 || !existsSync(vsix)) throw new Error(`The package could not be made.\n${output.trim()}`);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return vsix;
}

/** ONNX Runtime for this platform. On macOS one library lies there under two names; the binding asks for the short one. */
function runtimeFiles() {
  const folder = ['node_modules', 'onnxruntime-node', 'bin', 'napi-v6', process.platform, process.arch].join('/');
  const files = readdirSync(path.join(root, folder)).filter((name) => !/^libonnxruntime\.\d+\.\d+\.\d+\.dylib$/.test(name));
  return files.map((name) => `${folder}/${name}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    const vsix = await packageExtension({ file: process.argv[2] && path.resolve(process.argv[2]) });
    console.log(`${path.relative(process.cwd(), vsix)}: ${(statSync(vsix).size / 1e6).toFixed(1)} MB`);
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
