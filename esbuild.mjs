// Builds the extension, the engine, the command line and the benchmarks into dist/, installing what is missing first.
//   node esbuild.mjs                       build
//   node esbuild.mjs --then cli/main ARGS  build, then run dist/cli/main.mjs with ARGS
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { cp, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.dirname(fileURLToPath(import.meta.url));

/** What the tools of the build and the tests ask for. */
const LEAST_NODE = [20, 19];

/** Installs the dependencies when node_modules does not match package-lock.json. */
export function ensureInstalled() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < LEAST_NODE[0] || (major === LEAST_NODE[0] && minor < LEAST_NODE[1])) {
    fail(`Latent Lens needs Node ${LEAST_NODE.join('.')} or newer; this is Node ${process.versions.node}. Install a newer one from https://nodejs.org.`);
  }
  const lock = path.join(root, 'package-lock.json');
  const stamp = path.join(root, 'node_modules', '.package-lock.json');
  if (existsSync(stamp) && statSync(stamp).mtimeMs >= statSync(lock).mtimeMs - 1) return;
  if (existsSync(stamp) && sameLock(lock, stamp)) return;
  // npm ci would empty the folder that the link leads to, which others use.
  if (lstatSync(path.join(root, 'node_modules'), { throwIfNoEntry: false })?.isSymbolicLink()) {
    fail('node_modules is a symbolic link, and what it leads to does not match package-lock.json: nothing is installed through a link. Run npm ci where it leads to, or delete the link and run this again.');
  }
  console.error('Installing dependencies (npm ci) …');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const result = spawnSync(npm, ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
    // onnxruntime-node carries its CPU binaries; its install script would fetch CUDA files.
    env: { ...process.env, ONNXRUNTIME_NODE_INSTALL: 'skip' },
  });
  if (result.status !== 0) {
    const why = result.error ? `npm could not be started: ${result.error.message}.` : 'npm ci failed.';
    fail(`The dependencies could not be installed: ${why} Check the connection to the npm registry, then run the command again.`);
  }
}

function sameLock(lock, stamp) {
  const wanted = JSON.parse(readFileSync(lock, 'utf8')).packages;
  const have = JSON.parse(readFileSync(stamp, 'utf8')).packages;
  return Object.entries(wanted).every(([name, entry]) => !name || entry.optional || have[name]?.version === entry.version);
}

function fail(message) {
  console.error(message);
  process.exit(1);
}

/** Every file that is built lies one folder deep, and so does this. */
const queueBeside = {
  name: 'queue-beside',
  setup: ({ onResolve }) => onResolve({ filter: /^(?:bullmq|ioredis)$/ }, () => ({ path: '../queue/bullmq.cjs', external: true })),
};

async function build() {
  const esbuild = await import('esbuild');
  // The HTML report inlines its own; the panel and the view in the side bar load their own.
  await esbuild.build({
    entryPoints: ['report.ts', 'report.css', 'study.ts', 'panel.ts', 'panel.css', 'latents-view.ts', 'latents-view.css', 'study-page.ts', 'study-page.css'].map((file) => path.join(root, 'webview', file)),
    outdir: path.join(root, 'dist/webview'),
    bundle: true,
    minify: true,
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
    charset: 'ascii',
    logLevel: 'warning',
  });
  const entries = { 'cli/main': 'src/cli/main.ts', 'cli/command': 'src/cli/command.ts', 'engine/main': 'src/engine/main.ts', 'studies/worker': 'src/studies/running/worker.ts', 'studies/desk': 'src/studies/desk/main.ts', 'library/index': 'src/library/index.ts', 'bench/main': 'bench/main.ts' };
  const entryPoints = Object.entries(entries)
    .filter(([, source]) => existsSync(path.join(root, source)))
    .map(([out, source]) => ({ out, in: path.join(root, source) }));
  await esbuild.build({
    entryPoints,
    outdir: path.join(root, 'dist'),
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    plugins: [queueBeside],
    // Of zod only what is used is loaded then; the package itself takes a tenth of a second.
    alias: { zod: path.join(root, 'node_modules/zod/index.js') },
    sourcemap: 'linked',
    logLevel: 'warning',
  });
  // BullMQ with what it needs is one file, of which only what is used is there; nothing but a study's --queue loads it.
  await esbuild.build({
    stdin: { contents: "export { Queue, QueueEvents, WaitingError, Worker } from 'bullmq';\nexport { Redis } from 'ioredis';", resolveDir: root },
    outfile: path.join(root, 'dist/queue/bullmq.cjs'),
    bundle: true,
    minify: true,
    mainFields: ['module', 'main'],
    // Drivers of other servers, and what its parts do without.
    external: ['pg', 'redis', 'bullmq-otel', 'msgpackr-extract', 'supports-color'],
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    logLevel: 'warning',
  });
  // What VS Code loads is one file, with what it imports inside.
  await esbuild.build({
    entryPoints: [{ out: 'extension/main', in: path.join(root, 'src/extension/main.ts') }],
    outdir: path.join(root, 'dist'),
    outExtension: { '.js': '.cjs' },
    bundle: true,
    minify: true,
    external: ['vscode'],
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    sourcemap: 'linked',
    logLevel: 'warning',
  });
  // The judge's process is one file with the compiler inside, and beside it the compiler's library, of which it reads nothing else.
  await esbuild.build({
    entryPoints: [{ out: 'judge/main', in: path.join(root, 'src/snippets/judge/main.ts') }],
    outdir: path.join(root, 'dist'),
    outExtension: { '.js': '.cjs' },
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    logLevel: 'warning',
  });
  const compiler = path.join(root, 'node_modules/typescript/lib');
  const library = readdirSync(compiler).filter((name) => /^lib\..*\.d\.ts$/.test(name) && !/full|webworker|scripthost/.test(name));
  await Promise.all(library.map((name) => cp(path.join(compiler, name), path.join(root, 'dist/judge', name))));
  // The sandbox's process runs these as they are.
  await mkdir(path.join(root, 'dist/sandbox'), { recursive: true });
  await cp(path.join(root, 'src/snippets/sandbox'), path.join(root, 'dist/sandbox'), { recursive: true, filter: (file) => !file.endsWith('.ts') });
  makePythonSnapshot(path.join(root, 'dist/sandbox'));
}

/** Python's memory after its start, made anew when what it comes from has changed: it takes a few seconds. */
function makePythonSnapshot(sandbox) {
  const pyodide = path.join(root, 'node_modules', 'pyodide');
  const sources = [path.join(pyodide, 'package.json'), ...['make-snapshot.mjs', 'realm.mjs', 'modules.mjs'].map((file) => path.join(sandbox, file))];
  const key = createHash('sha256').update(sources.map((file) => readFileSync(file, 'utf8')).join('\0')).digest('hex');
  const [snapshot, keyFile] = [path.join(sandbox, 'python.snapshot'), path.join(sandbox, 'python.snapshot.key')];
  if (existsSync(snapshot) && existsSync(keyFile) && readFileSync(keyFile, 'utf8') === key) return;
  const flags = ['--experimental-vm-modules', '--no-warnings'];
  const made = spawnSync(process.execPath, [...flags, path.join(sandbox, 'make-snapshot.mjs'), pyodide, snapshot], { stdio: ['ignore', 2, 2] });
  if (made.status !== 0) fail('The snapshot of Python could not be made: see above.');
  writeFileSync(keyFile, key);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  ensureInstalled();
  await build();
  const at = process.argv.indexOf('--then');
  if (at > 0) {
    const [entry, ...args] = process.argv.slice(at + 1);
    const child = spawn(process.execPath, ['--enable-source-maps', path.join(root, 'dist', `${entry}.mjs`), ...args], {
      stdio: 'inherit',
      env: { ...process.env, ORT_DISABLE_TELEMETRY: '1' },
    });
    for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
    child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
  }
}
