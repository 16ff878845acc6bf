// A real Chromium for the end-to-end tests: on Linux the one inside an npm package, elsewhere the Chrome or Edge that is there.
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { install, run } from './install.mjs';

/** Whether the package has a Chromium for this machine. */
const HAS_OWN = process.platform === 'linux' && process.arch === 'x64';

/** @param {string} folder */
const chromiumIn = (folder) => path.join(folder, 'chromium', 'chromium');

/**
 * Installs Chromium and playwright-core below .cache/ if they are not there yet.
 * @param {{ log?: (line: string) => void }} [options]
 * @returns {Promise<string>} The folder.
 */
export async function ensureBrowser({ log = console.error } = {}) {
  const code = fileURLToPath(import.meta.url);
  return install({ name: 'browser', what: 'Chromium and playwright-core', megabytes: 350, code, finish: unpack, log });
}

/** The package unpacks into the folder for temporary files, which all users share; here that is a folder of our own. */
async function unpack(folder) {
  if (!HAS_OWN) return;
  mkdirSync(path.join(folder, 'chromium'));
  const program = `import('@sparticuz/chromium').then((module) => module.default.executablePath())`;
  // It unpacks the libraries that a bare machine lacks only when it believes to run in Amazon's cloud.
  const env = { ...process.env, TMPDIR: path.join(folder, 'chromium'), AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' };
  const { status, output } = await run(process.execPath, ['-e', program], { cwd: folder, env });
  if (status !== 0 || !existsSync(chromiumIn(folder))) throw new Error(`Chromium could not be unpacked:\n${output.trim()}`);
  rmSync(path.join(folder, 'node_modules', '@sparticuz', 'chromium', 'bin'), { recursive: true });
}

/**
 * @param {{ log?: (line: string) => void, args?: string[] }} [options] `args` are for Chromium.
 * @returns {Promise<any>} playwright-core's Browser, headless.
 */
export async function launchBrowser({ log = console.error, args = [] } = {}) {
  const folder = await ensureBrowser({ log });
  const require = createRequire(path.join(folder, 'package.json'));
  const { chromium } = await import(pathToFileURL(require.resolve('playwright-core')).href.replace(/index\.js$/, 'index.mjs'));
  return HAS_OWN ? launchOwn(chromium, folder, args) : launchInstalled(chromium, args);
}

async function launchOwn(chromium, folder, args) {
  const executablePath = chromiumIn(folder);
  // Fonts come from npm as well, so that pictures look the same on every machine, and text is there on one without fonts.
  const env = { ...process.env, LD_LIBRARY_PATH: await librariesFor(executablePath), FONTCONFIG_FILE: path.join(folder, 'fonts.conf'), XDG_CACHE_HOME: folder };
  const own = ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--font-render-hinting=none', '--disable-background-networking'];
  return chromium.launch({ executablePath, headless: true, args: [...own, ...args], env });
}

/** Where the libraries that Chromium needs are: the package's own only where the system lacks some. */
async function librariesFor(executablePath) {
  const system = process.env.LD_LIBRARY_PATH ?? '';
  const own = path.join(path.dirname(executablePath), 'al2023', 'lib');
  let output = '';
  for (const libraries of [system, `${own}:${system}`]) {
    const result = await run(executablePath, ['--version'], { env: { ...process.env, LD_LIBRARY_PATH: libraries } });
    if (result.status === 0) return libraries;
    output = result.output;
  }
  throw new Error(`Chromium does not run on this machine, which a Linux with glibc should be able to do:\n${output.trim()}`);
}

async function launchInstalled(chromium, args) {
  const reasons = [];
  for (const channel of ['chrome', 'msedge']) {
    try {
      return await chromium.launch({ channel, headless: true, args });
    } catch (error) {
      reasons.push(`${channel}: ${error.message.split('\n')[0]}`);
    }
  }
  const machine = `${process.platform} ${process.arch}`;
  throw new Error(`The end-to-end tests need a browser. There is none in npm for ${machine}; install Chrome or Edge.\n${reasons.join('\n')}`);
}
