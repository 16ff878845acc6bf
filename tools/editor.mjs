// A real VS Code for the browser: the server inside code-server, started on its own, on this machine's loopback address.
// `npm start` opens it for whoever has no VS Code on the desktop, and the end-to-end tests drive it.
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { install, run } from './install.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));

/** Seconds until the server must listen. */
const PATIENCE = 60;

/** How long what is stopped may take before it is killed. */
const GRACE_MS = 3000;

const isWindows = process.platform === 'win32';

/**
 * Installs the editor below .cache/ if it is not there yet.
 * @param {{ log?: (line: string) => void }} [options]
 * @returns {Promise<string>} VS Code's server, a program for Node.
 */
export async function ensureEditor({ log = console.error } = {}) {
  const code = fileURLToPath(import.meta.url);
  const what = 'the editor (VS Code 1.100 from code-server)';
  const folder = await install({ name: 'editor', what, megabytes: 400, code, finish: completeEditor, log });
  return path.join(vscodeIn(folder), 'out', 'server-main.js');
}

const vscodeIn = (folder) => path.join(folder, 'node_modules', 'code-server', 'lib', 'vscode');

/** What code-server's install scripts would do, without a compiler and without the network. */
function completeEditor(folder) {
  const vscode = vscodeIn(folder);
  // VS Code's modules are installed at the top, where Node finds them; files that the browser asks for are looked up here.
  for (const link of ['node_modules', 'node_modules.asar', 'extensions/node_modules']) {
    const from = path.join(vscode, link);
    const modules = path.join(folder, 'node_modules');
    symlinkSync(isWindows ? modules : path.relative(path.dirname(from), modules), from, 'junction');
  }
}

/**
 * Starts the editor on 127.0.0.1. Who opens it needs the random token in the URL: without it the server answers 403 to other
 * users of the machine and to web sites, also over WebSockets. The token is kept from the list of processes by way of a file.
 *
 * Settings, extensions and logs lie in `userData`, never in the user's own folders. There is no marketplace, no telemetry and
 * no update check. `trust` decides about the workspace: "trusted" (nothing is asked), "restricted" (nothing is asked either), or
 * "ask", as VS Code does by itself.
 *
 * @param {object} options
 * @param {string} options.userData A folder for settings, extensions, logs; made if it is not there.
 * @param {string} [options.extension] The extension: a folder with its package.json, which is used where it is, or a .vsix.
 * @param {string} [options.folder] The folder to open.
 * @param {string} [options.file] The file to show, absolute; `file.py:3` goes to its third line.
 * @param {number} [options.port] 0 takes a free one.
 * @param {Record<string, unknown>} [options.settings] User settings, over those that keep the editor quiet.
 * @param {{ key: string, command: string, when?: string, args?: unknown }[]} [options.keybindings]
 * @param {'trusted' | 'restricted' | 'ask'} [options.trust]
 * @param {Record<string, string>} [options.env] More environment variables, which extensions see as well.
 * @param {(line: string) => void} [options.log] Gets what the set-up says.
 * @param {(text: string) => void} [options.output] Gets what the server prints.
 * @returns {Promise<Editor>}
 *
 * @typedef {object} Editor
 * @property {string} url With the token.
 * @property {number} port
 * @property {string} userData
 * @property {import('node:child_process').ChildProcess} process
 * @property {() => Promise<void>} stop Ends the server, the extension host and all that extensions have started.
 */
export async function startEditor(options) {
  const { userData, extension, folder, file, port = 0, settings = {}, keybindings = [], trust = 'trusted', env = {} } = options;
  const { log = console.error, output = () => {} } = options;
  const server = await ensureEditor({ log });
  const extensions = path.join(userData, 'extensions');
  mkdirSync(path.join(userData, 'User'), { recursive: true });
  mkdirSync(extensions, { recursive: true });
  if (!isWindows) chmodSync(userData, 0o700);
  writeJson(path.join(userData, 'User', 'settings.json'), { ...quiet(trust), ...settings });
  writeJson(path.join(userData, 'User', 'keybindings.json'), keybindings);
  const token = randomBytes(24).toString('hex');
  const tokenFile = path.join(userData, 'token');
  writeFileSync(tokenFile, token, { mode: 0o600 });
  const environment = { ...ownEnvironment(), ...offline(), ...env };
  if (extension) await addExtension({ server, extension, extensions, userData, environment });

  const args = ['--host', '127.0.0.1', '--port', String(port), '--connection-token-file', tokenFile];
  args.push(...quietArguments({ userData, extensions }));
  if (trust === 'trusted') args.push('--disable-workspace-trust');
  const child = spawn(process.execPath, [path.join(here, 'editor', 'serve.mjs'), server, ...args], {
    cwd: folder ?? userData,
    env: environment,
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: !isWindows, // a process group of its own, to be ended as one
    windowsHide: true,
  });
  const stop = stopper(child);
  try {
    const bound = await listening(child, output);
    return { url: urlOf({ port: bound, token, folder, file }), port: bound, userData, process: child, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Settings for an editor that says nothing of its own. */
function quiet(trust) {
  return {
    'workbench.colorTheme': 'Default Dark Modern',
    'telemetry.telemetryLevel': 'off',
    'update.mode': 'none',
    'update.showReleaseNotes': false,
    'extensions.autoCheckUpdates': false,
    'extensions.autoUpdate': false,
    'extensions.ignoreRecommendations': true,
    'workbench.startupEditor': 'none',
    'workbench.tips.enabled': false,
    'workbench.enableExperiments': false,
    'workbench.settings.enableNaturalLanguageSearch': false,
    'workbench.welcomePage.walkthroughs.openOnInstall': false,
    'chat.commandCenter.enabled': false,
    'remote.autoForwardPorts': false,
    'git.openRepositoryInParentFolders': 'never',
    'security.workspace.trust.enabled': trust !== 'trusted',
    ...(trust === 'restricted' && { 'security.workspace.trust.startupPrompt': 'never', 'security.workspace.trust.banner': 'never' }),
  };
}

/** Without what an editor leaves in its terminal, should this run in one. */
function ownEnvironment() {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(?:VSCODE_|CODE_SERVER_|ELECTRON_)/.test(name)));
}

/** Nothing may be asked of code-server's makers: an empty gallery switches the marketplace off. */
function offline() {
  return { EXTENSIONS_GALLERY: '{}', CS_TELEMETRY_URL: 'http://127.0.0.1:9/', ORT_DISABLE_TELEMETRY: '1' };
}

function quietArguments({ userData, extensions }) {
  return [
    ...['--accept-server-license-terms', '--disable-getting-started-override'],
    ...['--disable-telemetry', '--telemetry-level', 'off', '--disable-update-check'],
    ...['--server-data-dir', userData, '--user-data-dir', userData, '--extensions-dir', extensions],
  ];
}

/** A folder is named in the list of installed extensions, and used where it is; a .vsix is unpacked. */
async function addExtension({ server, extension, extensions, userData, environment }) {
  const list = path.join(extensions, 'extensions.json');
  if (extension.endsWith('.vsix')) {
    const args = [server, ...quietArguments({ userData, extensions }), '--install-extension', extension, '--force'];
    const { status, output } = await run(process.execPath, args, { env: environment });
    if (status !== 0 || /failed/i.test(output)) throw new Error(`${extension} could not be installed in the editor:\n${output.trim()}`);
    return;
  }
  const { publisher = 'undefined_publisher', name, version } = JSON.parse(readFileSync(path.join(extension, 'package.json'), 'utf8'));
  const location = { $mid: 1, scheme: 'file', path: pathToFileURL(path.resolve(extension)).pathname };
  const metadata = { source: 'vsix', installedTimestamp: 1 };
  writeJson(list, [{ identifier: { id: `${publisher}.${name}` }, version, location, metadata }]);
}

const writeJson = (file, value) => writeFileSync(file, JSON.stringify(value, undefined, 2));

/** The port, once the server says that it is started. */
function listening(child, output) {
  return new Promise((resolve, reject) => {
    let printed = '';
    const late = () => reject(new Error(`The editor's server did not start within ${PATIENCE} s.\n${printed}`));
    const timer = setTimeout(late, PATIENCE * 1000);
    const take = (chunk) => {
      output(String(chunk));
      if (printed.length < 1e5) printed += chunk;
      const port = /Server bound to \S+?:(\d+) /.exec(printed)?.[1];
      if (!port || !/Extension host agent started/.test(printed)) return;
      clearTimeout(timer);
      resolve(Number(port));
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      clearTimeout(timer);
      reject(new Error(`The editor's server ended (${signal ?? `exit code ${code}`}).\n${printed.trim()}`));
    });
  });
}

function urlOf({ port, token, folder, file }) {
  const url = new URL(`http://127.0.0.1:${port}/`);
  url.searchParams.set('tkn', token);
  if (folder) url.searchParams.set('folder', pathToFileURL(folder).pathname);
  if (file) {
    const [, name, line] = /^(.*?)(:\d+(?::\d+)?)?$/.exec(file);
    const uri = `vscode-remote://remote${pathToFileURL(name).pathname}${line ?? ''}`;
    url.searchParams.set('payload', JSON.stringify([['openFile', uri], ...(line ? [['gotoLineMode', 'true']] : [])]));
  }
  return url.href;
}

/** A function that ends the child's process group, first kindly, and is safe to call twice. */
function stopper(child) {
  const exited = new Promise((resolve) => {
    child.once('exit', resolve);
    child.once('error', resolve);
  });
  // When this process exits, the pipe to the child's standard input closes and serve.mjs does the rest.
  let stopping;
  return () => (stopping ??= stopNow());

  async function stopNow() {
    signalGroup(child.pid, 'SIGTERM');
    const timer = setTimeout(() => signalGroup(child.pid, 'SIGKILL'), GRACE_MS);
    await exited;
    await groupEnded(child.pid);
    clearTimeout(timer);
    signalGroup(child.pid, 'SIGKILL');
    child.stdin?.destroy();
  }
}

/** @returns {boolean} Whether there was anybody to get it. */
function signalGroup(pid, signal) {
  if (!pid) return false;
  if (isWindows) return spawnSync('taskkill', ['/T', '/F', '/PID', String(pid)]).status === 0;
  try {
    return process.kill(-pid, signal);
  } catch {
    return false; // nobody is left in the group
  }
}

async function groupEnded(pid) {
  const until = Date.now() + GRACE_MS;
  while (!isWindows && Date.now() < until && signalGroup(pid, 0)) await new Promise((resolve) => setTimeout(resolve, 50));
}
