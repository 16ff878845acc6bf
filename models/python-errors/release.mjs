// Makes anew what depends on the embedded model's weights, in one run: sparse autoencoders, facts about their latents, what is measured
// of them, a tuned lens, a study's page, and the tables and numbers that cards and tests hold.
//   node models/python-errors/release.mjs --data DATA [--work FOLDER] [--tokens N] [--search-tokens N] [--lens-steps N] [--threads N] [--from STEP]
// DATA is a folder of labelled programs (train data) of which the model was not trained on the first 2,000. It goes on where it was
// stopped: a step that is done is named in WORK/done.json. What it cannot make by itself (texts, pictures) it lists at the end.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const MODEL = path.dirname(fileURLToPath(import.meta.url));
const ROOT = path.resolve(MODEL, '../..');
/** All SAEs with their facts. */
const MOST_BYTES = 18e6;
const PAIRS = 'test/fixtures/study-pairs.jsonl';

const { values: flags } = parseArgs({
  options: {
    data: { type: 'string' },
    work: { type: 'string', default: path.join(ROOT, '.cache/release') },
    tokens: { type: 'string', default: '2000000' },
    'search-tokens': { type: 'string', default: '150000' },
    'lens-steps': { type: 'string', default: '3000' },
    threads: { type: 'string', default: '1' },
    from: { type: 'string' },
  },
});
if (!flags.data || !existsSync(flags.data)) fail('Give --data, a folder of labelled programs: latent-lens train data makes one.');

const saes = path.join(MODEL, 'saes');
const work = path.resolve(flags.work);
const log = path.join(work, 'log.txt');
mkdirSync(work, { recursive: true });

const data = ['--data', path.resolve(flags.data)];
const train = ['train', 'sae', '--site', 'all', '--architecture', 'batchtopk', '--dtype', 'float16', '--threads', flags.threads, ...data];
const choices = path.join(work, 'search', 'choices.json');

const steps = {
  search: () => write('search.md', lens(...train, '--grid', path.join(MODEL, 'sae-grid.json'), '--tokens', flags['search-tokens'], '--dead-after', '20000', '--programs', '150', '--work', path.join(work, 'search'))),
  train: () => {
    for (const name of readdirSync(saes).filter((name) => name.startsWith('blocks.'))) rmSync(path.join(saes, name), { recursive: true });
    lens(...train, '--choices', choices, '--tokens', flags.tokens, '--work', path.join(work, 'train'), '--out', saes);
  },
  facts: () => lens('saes', 'describe', '--programs', '2000', ...data),
  measure: () => write('saes.md', lens('train', 'sae', '--site', 'all', '--evaluate', '--pairs', PAIRS, '--programs', '1000', '--report', path.join(saes, 'evaluation.json'), ...data)),
  meaning: () => write('meaning.md', lens('saes', 'measure', ...data)),
  tuned: () => write('lens.md', lens('train', 'lens', '--model', MODEL, '--steps', flags['lens-steps'], '--programs', '2000', '--threads', flags.threads, ...data)),
  evaluate: () => write('model.md', ['test/fixtures/handwritten.jsonl', PAIRS].map((file) => lens('evaluate', file)).join('\n')),
  study: () => program('bench/main', '--study'),
  size: () => {
    const bytes = sizeOf(saes);
    if (bytes > MOST_BYTES) fail(`The SAEs with their facts have ${(bytes / 1e6).toFixed(1)} MB; at most ${MOST_BYTES / 1e6} may be shipped. Take smaller candidates into sae-grid.json.`);
    console.log(`SAEs with facts: ${(bytes / 1e6).toFixed(1)} MB`);
  },
};

const doneFile = path.join(work, 'done.json');
const modelStamp = `${statSync(path.join(MODEL, 'model.safetensors')).mtimeMs}`;
const before = existsSync(doneFile) ? JSON.parse(readFileSync(doneFile, 'utf8')) : {};
const done = before.model === modelStamp ? before.done : [];
if (flags.from !== undefined) {
  if (!(flags.from in steps)) fail(`There is no step "${flags.from}"; the steps are ${Object.keys(steps).join(', ')}.`);
  done.splice(0, done.length, ...Object.keys(steps).slice(0, Object.keys(steps).indexOf(flags.from)));
}
for (const [name, step] of Object.entries(steps)) {
  if (done.includes(name)) continue;
  console.error(`\n== ${name}`);
  step();
  done.push(name);
  writeFileSync(doneFile, JSON.stringify({ model: modelStamp, done }));
}

console.log(`
The tables for the cards are in ${work}: search.md, saes.md, meaning.md, lens.md, model.md.
By hand, as they are texts or need a screen:
- models/python-errors/README.md and models/python-errors/saes/README.md: the tables, and what they mean
- docs/studies/error-types.md: its tables are made; what it says came out is not
- README.md, CHANGELOG.md: numbers of the embedded model; grep for the old ones
- media/*.png, docs/*.png: pictures of the extension (test/e2e)
- npx vitest run test/engine test/cli test/webview: tests that hold what the model says`);

/** Runs the command line; what it prints is returned, and its progress goes to the screen. */
function lens(...args) {
  return program('cli/main', ...args);
}

function program(entry, ...args) {
  const { status, stdout } = spawnSync(process.execPath, [path.join(ROOT, 'esbuild.mjs'), '--then', entry, ...args], {
    cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 2 ** 28,
  });
  writeFileSync(log, `${args.join(' ')}\n${stdout}\n`, { flag: 'a' });
  if (status !== 0) fail(`${entry === 'cli/main' ? 'latent-lens' : entry} ${args.slice(0, 3).join(' ')} … failed. Mend what it says, then run this again: what is done is kept.`);
  return stdout;
}

function write(name, text) {
  writeFileSync(path.join(work, name), text);
}

function sizeOf(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(path.join(entry.parentPath, entry.name)).size, 0);
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
