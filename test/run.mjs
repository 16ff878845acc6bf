// npm test: installs what is missing, builds, then runs the type check, lint, the boundaries between rooms, the tests, and the
// end-to-end tests, which drive a real VS Code in a real Chromium.
// What needs no precise time runs beside the tests at the lowest priority, as windows leave a processor idle half of the time.
// Everything runs even when something fails; the last line is always "N passed, N failed".
// Arguments go to vitest: `npm test -- test/graph` runs the checks and the tests of one room, `npm test -- test/e2e` the end-to-end tests.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureInstalled } from '../esbuild.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** Rooms whose tests start no process and look at no clock: they may be as slow as others let them. */
const COMPUTING = ['architectures', 'graph', 'methods', 'sae', 'training'].map((room) => `test/${room}/`);

/** Milliseconds for one of them, or what is set up for it, while others have the processors. */
const PATIENCE_MS = 600_000;

const TESTS_ADVICE = 'Tests failed: read the first failure above; "npx vitest run FILE" runs one file alone.';

/** Each is a program started with Node, and counts as one. */
const BUILD = { name: 'Build', run: ['esbuild.mjs'], advice: 'The build failed: correct the import or the syntax that esbuild names above.' };
const LINT = {
  name: 'Lint',
  run: ['node_modules/eslint/bin/eslint.js', '.'],
  advice: 'Lint failed: correct the lines above; "npx eslint . --fix" corrects some of them itself.',
};
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
await inFront(BUILD);

// Arguments that name end-to-end tests go to them, others to the rest; without any both run.
const patterns = process.argv.slice(2);
const isEndToEnd = (pattern) => pattern.replaceAll('\\', '/').replace(/^\.\//, '').startsWith('test/e2e');
const [endToEnd, others] = [patterns.filter(isEndToEnd), patterns.filter((pattern) => !isEndToEnd(pattern))];
const all = patterns.length === 0;
const computing = vitest('Tests that only compute', ['--maxWorkers=1', `--testTimeout=${PATIENCE_MS}`, `--hookTimeout=${PATIENCE_MS}`, ...COMPUTING], TESTS_ADVICE);
const tests = vitest('Tests', [...(all ? COMPUTING.map((room) => `--exclude=${room}**`) : []), ...others], TESTS_ADVICE);
const config = path.join('test', 'e2e', 'vitest.config.mjs');
const again = `npx vitest run --config ${config} FILE`;
const windows = vitest('End-to-end tests', ['--config', config, ...endToEnd], `End-to-end tests failed: read the first failure above, and see the window's picture that it names; "${again}" runs one file alone.`);

// One processor is enough for all of it while windows run; else lint, which takes longest, runs beside the others.
const lanes = all ? [[...CHECKS, LINT, computing]] : [[LINT], CHECKS];
console.log(`\nBeside what follows, and shown after it: ${lanes.flat().map(({ name }) => name).join(', ')}.`);
const finished = lanes.flatMap(beside);
if (all || others.length > 0) await inFront(tests);
if (all || endToEnd.length > 0) await inFront(windows);
for await (const show of finished) show();

failed--;
advice.shift();
process.exitCode = failed > 0 ? 1 : 0;

/** Runs a program to its end, showing what it prints, and counts it. */
async function inFront(job) {
  console.log(`\n${job.name} …`);
  const { succeeded, said } = await run(job, 'inherit');
  console.log(said);
  count(job, succeeded);
}

/**
 * Runs programs one after the other at the lowest priority.
 * @returns {Promise<() => void>[]} Of each a function that shows what it printed, and counts it: when nothing else prints.
 */
function beside(jobs) {
  let before = Promise.resolve();
  return jobs.map((job) => (before = before.then(async () => {
    const { succeeded, said, output } = await run(job, 'pipe');
    return () => {
      process.stdout.write(`\n${job.name} …\n${output}${said}\n`);
      count(job, succeeded);
    };
  })));
}

/** @param {'inherit' | 'pipe'} streams Whether it prints by itself; else it is of no hurry, and `output` is what it printed. */
function run({ name, run: [program, ...args], env = process.env }, streams) {
  const began = Date.now();
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [program, ...args], { stdio: [streams === 'pipe' ? 'ignore' : 'inherit', streams, streams], env });
    let output = '';
    let broken = '';
    for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (text) => (output += text));
    child.on('error', (error) => (broken = `${program} could not be started: ${error.message}\n`));
    child.on('close', (status) => {
      const succeeded = status === 0 && broken === '';
      const seconds = ((Date.now() - began) / 1000).toFixed(1);
      resolve({ succeeded, output, said: `${broken}${name}: ${succeeded ? 'passed' : 'failed'} after ${seconds} s` });
    });
    if (streams === 'pipe' && child.pid) leaveTheProcessorTo(child.pid);
  });
}

/** Its own processes inherit it. */
function leaveTheProcessorTo(pid) {
  try {
    setPriority(pid, constants.priority.PRIORITY_LOW);
  } catch {
    // It has ended, or this system has no priorities: then it takes its turn with the others.
  }
}

/** Runs vitest, which counts for what it reports. */
function vitest(name, args, sentence) {
  const report = path.join(root, '.cache', `vitest-${name.toLowerCase().replaceAll(' ', '-')}.json`);
  rmSync(report, { force: true });
  mkdirSync(path.dirname(report), { recursive: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  return {
    name,
    run: ['node_modules/vitest/vitest.mjs', 'run', ...reporters, ...args],
    env: { LATENT_LENS_PICTURES: 'failures', ...process.env },
    advice: sentence,
    report,
  };
}

function count({ name, advice: sentence, report }, succeeded) {
  const tests = report ? countTests(report) : { passed: Number(succeeded), failed: Number(!succeeded), skipped: 0 };
  passed += tests.passed;
  if (tests.skipped > 0) advice.push(`${tests.skipped} ${name.toLowerCase()} were skipped.`);
  // An error outside of any test, for instance in a worker, fails the run without failing a test.
  const broken = Math.max(tests.failed, succeeded ? 0 : 1);
  if (broken === 0) return;
  failed += broken;
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
