// Installs the packages of a folder (package.json, package-lock.json and what they refer to) below .cache/, once.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statfsSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
export const cache = path.join(path.dirname(here), '.cache');

/** What says that a folder is complete, and of which version. */
const STAMP = 'installed.json';

/** No installation takes so long; what is older has been left behind, whoever may have its process's number now. */
const LONG_MS = 30 * 60_000;

/**
 * Everything is put together in a folder beside the target, which is renamed when it is complete. What an interrupted run leaves
 * behind is therefore never taken for an installation, and two runs at the same time do no harm.
 *
 * @param {object} options
 * @param {string} options.name `editor` installs tools/editor into .cache/editor.
 * @param {string} options.what For messages: "the editor".
 * @param {number} options.megabytes What it takes on disk, with npm's own cache.
 * @param {string} options.code The file whose code does the rest: when it changes, everything is done again.
 * @param {(folder: string) => void | Promise<void>} options.finish The rest, in the folder that is being put together.
 * @param {(line: string) => void} options.log
 * @returns {Promise<string>} The folder.
 */
export async function install({ name, what, megabytes, code, finish, log }) {
  const source = path.join(here, name);
  const target = path.join(cache, name);
  const version = versionOf([source, code, fileURLToPath(import.meta.url)]);
  mkdirSync(cache, { recursive: true });
  removeLeftovers(name);
  if (isInstalled(target, version)) return target;
  const free = megabytesFree(cache);
  if (free < megabytes) {
    const space = `${cache} has ${free} MB free, and it takes ${megabytes} MB`;
    throw new Error(`There is too little space for ${what}: ${space}. Make room, then run the command again.`);
  }
  const began = Date.now();
  log(`Installing ${what} into .cache/${name}, up to ${megabytes} MB (npm ci) …`);
  const folder = path.join(cache, `${name}.new-${process.pid}`);
  try {
    cpSync(source, folder, { recursive: true });
    await npmInstall(folder, what);
    await finish(folder);
    writeFileSync(path.join(folder, STAMP), JSON.stringify({ version }));
    putInPlace(folder, target, version);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  log(`Installed ${what} in ${((Date.now() - began) / 1000).toFixed(0)} s.`);
  return target;
}

/** @param {string[]} sources Files and folders. */
function versionOf(sources) {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}`);
  for (const source of sources) {
    for (const file of filesOf(source)) hash.update(`\n${path.basename(file)}\n`).update(readFileSync(file));
  }
  return hash.digest('hex');
}

/** The files in a folder, at any depth, or the file itself. */
function filesOf(source) {
  if (statSync(source).isFile()) return [source];
  const names = readdirSync(source, { recursive: true }).sort();
  return names.map((name) => path.join(source, name)).filter((file) => statSync(file).isFile());
}

function isInstalled(folder, version) {
  try {
    return JSON.parse(readFileSync(path.join(folder, STAMP), 'utf8')).version === version;
  } catch {
    return false; // not there, or not complete
  }
}

function putInPlace(folder, target, version) {
  if (isInstalled(target, version)) return; // somebody else was quicker
  rmSync(target, { recursive: true, force: true });
  try {
    renameSync(folder, target);
  } catch (error) {
    if (!isInstalled(target, version)) throw error;
  }
}

function removeLeftovers(name) {
  for (const entry of readdirSync(cache)) {
    const pid = Number(entry.startsWith(`${name}.new-`) ? entry.slice(name.length + 5) : NaN);
    const folder = path.join(cache, entry);
    if (pid > 0 && (!isRunning(pid) || Date.now() - statSync(folder).mtimeMs > LONG_MS)) rmSync(folder, { recursive: true, force: true });
  }
}

function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function megabytesFree(folder) {
  const { bavail, bsize } = statfsSync(folder);
  return Math.floor((bavail * bsize) / 1e6);
}

/** `npm ci` without any install script: nothing is compiled, nothing comes from elsewhere than the registry. */
async function npmInstall(folder, what) {
  const args = ['ci', '--ignore-scripts', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'];
  const windows = process.platform === 'win32';
  const { status, output } = await run(windows ? 'npm.cmd' : 'npm', args, { cwd: folder, shell: windows });
  if (status === 0) return;
  throw new Error(`${capital(what)} could not be installed: ${explain(output)}`);
}

const capital = (text) => text[0].toUpperCase() + text.slice(1);

function explain(output) {
  if (/ENOSPC|no space left/i.test(output)) return 'the disk is full. Make room, then run the command again.';
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EIDLETIMEOUT|network/i.test(output)) {
    return 'the npm registry cannot be reached. Check the connection (and "npm config get registry"), then run the command again.';
  }
  if (/spawn npm/.test(output)) return 'npm was not found. It comes with Node: https://nodejs.org.';
  return `npm ci failed.\n${output.trim()}`;
}

/**
 * Runs a program to its end.
 * @param {string} program
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 * @returns {Promise<{ status: number | null, output: string }>} `output` holds both streams.
 */
export function run(program, args, options) {
  return new Promise((resolve) => {
    let output = '';
    const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    child.on('error', (error) => resolve({ status: null, output: `${output}${error.message}` }));
    child.on('close', (status) => resolve({ status, output }));
  });
}

