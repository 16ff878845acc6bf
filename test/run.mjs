// npm test: installs what is missing, builds, then runs the type check, lint, the boundaries between rooms, the tests, and the
// end-to-end tests, which drive a real VS Code in a real Chromium.
// Everything runs even when something fails; the last line is always "N passed, N failed".
// Arguments go to vitest: `npm test -- test/graph` runs the checks and the tests of one room, `npm test -- test/e2e` the end-to-end tests.
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureInstalled } from '../esbuild.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** Each is a program started with Node, and counts as one. */
const BUILD = { name: 'Build', run: ['esbuild.mjs'], advice: 'The build failed: correct the import or the syntax that esbuild names above.' };
const CHECKS = [
  {
    name: 'Type check',
    run: ['node_modules/typescript/bin/tsc', '--noEmit'],
    advice: 'The type check failed: correct the lines above; "npm run typecheck" runs it alone.',
  },
  {
    name: 'Types of the library',
    run: ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.library.json'],
    advice: 'The declarations of src/library could not be written: correct the lines above.',
  },
  {
    name: 'Lint',
    run: ['node_modules/eslint/bin/eslint.js', '.'],
    advice: 'Lint failed: correct the lines above; "npx eslint . --fix" corrects some of them itself.',
  },
  {
    name: 'Boundaries between rooms',
    run: ['node_modules/dependency-cruiser/bin/dependency-cruise.mjs', 'src', 'webview', 'bench', 'test', 'tools', '--config', '.dependency-cruiser.cjs'],
    advice: 'An import crosses a boundary: move the code to the room that may know both sides. ARCHITECTURE.md has the map.',
  },
];

let passed = 0;
let failed = 1; // until everything has run
const advice = ['Something stopped the tests before they were through: see above.'];
process.once('exit', () => {
  for (const sentence of advice) console.log(sentence);
  console.log(`${passed} passed, ${failed} failed`);
});

process.chdir(root);
ensureInstalled();
count(BUILD, start(BUILD.name, BUILD.run));
// Each of them takes one processor: lint, which takes longest, runs beside the others.
const lint = CHECKS.find(({ name }) => name === 'Lint');
await Promise.all([[lint], CHECKS.filter((check) => check !== lint)].map(async (checks) => {
  for (const check of checks) count(check, await beside(check.name, check.run));
}));

// Arguments that name end-to-end tests go to them, others to the rest; without any both run.
const patterns = process.argv.slice(2);
const isEndToEnd = (pattern) => pattern.replaceAll('\\', '/').replace(/^\.\//, '').startsWith('test/e2e');
const [endToEnd, others] = [patterns.filter(isEndToEnd), patterns.filter((pattern) => !isEndToEnd(pattern))];
if (others.length > 0 || patterns.length === 0) runTests('Tests', [], others, 'Tests failed: read the first failure above; "npx vitest run FILE" runs one file alone.');
if (endToEnd.length > 0 || patterns.length === 0) {
  const config = path.join('test', 'e2e', 'vitest.config.mjs');
  const again = `npx vitest run --config ${config} FILE`;
  runTests('End-to-end tests', ['--config', config], endToEnd, `End-to-end tests failed: read the first failure above, and see the window's picture that it names; "${again}" runs one file alone.`);
}

failed--;
advice.shift();
process.exitCode = failed > 0 ? 1 : 0;

/** Runs a program to its end, showing what it prints; whether it succeeded. */
function start(name, [program, ...args], env = process.env) {
  console.log(`\n${name} …`);
  const began = Date.now();
  const result = spawnSync(process.execPath, [program, ...args], { stdio: 'inherit', env });
  if (result.error) console.error(`${program} could not be started: ${result.error.message}`);
  console.log(`${name}: ${result.status === 0 ? 'passed' : 'failed'} after ${((Date.now() - began) / 1000).toFixed(1)} s`);
  return result.status === 0;
}

/** Runs a program to its end beside others, and then shows what it printed; whether it succeeded. */
function beside(name, [program, ...args]) {
  const began = Date.now();
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
    let broken = false;
    child.on('error', (error) => {
      broken = true;
      output += `${program} could not be started: ${error.message}\n`;
    });
    child.on('close', (status) => {
      const succeeded = status === 0 && !broken;
      const seconds = ((Date.now() - began) / 1000).toFixed(1);
      process.stdout.write(`\n${name} …\n${output}${name}: ${succeeded ? 'passed' : 'failed'} after ${seconds} s\n`);
      resolve(succeeded);
    });
  });
}

/** Runs vitest and counts what it reports. */
function runTests(name, options, files, sentence) {
  const report = path.join(root, '.cache', `vitest-${name.toLowerCase().replaceAll(' ', '-')}.json`);
  rmSync(report, { force: true });
  mkdirSync(path.dirname(report), { recursive: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const succeeded = start(name, ['node_modules/vitest/vitest.mjs', 'run', ...options, ...reporters, ...files], { LATENT_LENS_PICTURES: 'failures', ...process.env });
  const tests = countTests(report);
  passed += tests.passed;
  if (tests.skipped > 0) advice.push(`${tests.skipped} ${name.toLowerCase()} were skipped.`);
  // An error outside of any test, for instance in a worker, fails the run without failing a test.
  const broken = Math.max(tests.failed, succeeded ? 0 : 1);
  if (broken > 0) fail(broken, sentence);
}

function count({ advice: sentence }, succeeded) {
  if (succeeded) passed++;
  else fail(1, sentence);
}

function fail(count, sentence) {
  failed += count;
  advice.push(sentence);
}

/** What vitest's report says; a file that could not be loaded counts as one failed test. */
function countTests(report) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  let files;
  try {
    files = JSON.parse(readFileSync(report, 'utf8')).testResults;
  } catch {
    return counts; // vitest did not get that far, and has said why
  }
  for (const file of files) {
    const count = (...states) => file.assertionResults.filter(({ status }) => states.includes(status)).length;
    const wrong = count('failed');
    counts.passed += count('passed');
    counts.failed += file.status === 'failed' ? Math.max(wrong, 1) : wrong;
    counts.skipped += count('pending', 'skipped', 'todo', 'disabled');
  }
  return counts;
}
