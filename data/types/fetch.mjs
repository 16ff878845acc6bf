// Fetches the npm packages of sources.json, each checked against its hash. Nothing of a package is installed or run.
//
//   node data/types/fetch.mjs FOLDER                  what is missing in FOLDER
//   node data/types/fetch.mjs FOLDER --pin [NAME …]   writes sources.json anew: the newest version of each package named, or of each in the
//                                                     list, that ships TypeScript under a permissive licence; tells what it leaves out
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const LIST = fileURLToPath(new URL('sources.json', import.meta.url));
const PERMISSIVE = /^(MIT|MIT-0|BSD-[23]-Clause|0BSD|Apache-2\.0|ISC|BlueOak-1\.0\.0)$/;
/** A package with fewer has its declarations only, or next to nothing. */
const LEAST_CHARACTERS = 8000;

const [folder, flag, ...names] = process.argv.slice(2);
if (folder === undefined || (flag !== undefined && flag !== '--pin')) {
  console.error('Give a folder, and --pin to write the list anew: node data/types/fetch.mjs FOLDER [--pin [NAME …]]');
  process.exit(2);
}
mkdirSync(folder, { recursive: true });
if (flag === undefined) fetchAll();
else pin(names);

function readList() {
  return JSON.parse(readFileSync(LIST, 'utf8'));
}

function fetchAll() {
  const missing = [];
  for (const { name, version, file, integrity } of readList().packages) {
    const target = path.join(folder, file);
    if (existsSync(target) && integrityOf(target) === integrity) continue;
    try {
      const packed = pack(`${name}@${version}`);
      if (packed.integrity === integrity) continue;
      rmSync(target, { force: true });
      missing.push(`${name}@${version} (the registry gives another file: ${packed.integrity})`);
    } catch {
      missing.push(`${name}@${version}`);
    }
  }
  if (missing.length === 0) return;
  console.error(`Not fetched: ${missing.join(', ')}. Run the command again; what is there is kept.`);
  process.exit(1);
}

function pin(asked) {
  const before = new Map((existsSync(LIST) ? readList().packages : []).map((entry) => [entry.name, entry]));
  const packages = [];
  for (const name of [...new Set(asked.length > 0 ? asked : before.keys())].sort()) {
    try {
      const { version, integrity, filename } = pack(name);
      const licence = licenceOf(path.join(folder, filename));
      const characters = sourceCharacters(path.join(folder, filename));
      const why = !PERMISSIVE.test(licence) ? `its licence is ${licence}` : characters < LEAST_CHARACTERS ? `${characters} bytes of TypeScript` : undefined;
      if (why !== undefined) console.error(`left out: ${name}@${version}, ${why}`);
      else packages.push({ name, version, file: filename, integrity, licence, use: before.get(name)?.use ?? 'training' });
    } catch (error) {
      console.error(`left out: ${name}, ${String(error.stderr ?? error.message).trim().split('\n')[0]}`);
    }
  }
  const about = 'Packages whose annotations the types model learns from and is measured on: fetched with fetch.mjs, never committed.';
  const lines = packages.map((entry) => `  ${JSON.stringify(entry)}`).join(',\n');
  writeFileSync(LIST, `{\n "about": ${JSON.stringify(about)},\n "packages": [\n${lines}\n ]\n}\n`);
  console.error(`${packages.length} packages.`);
}

/** The tarball of a package in the folder, its scripts not run. */
function pack(spec) {
  const options = { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], cwd: folder, maxBuffer: 2 ** 28 };
  const out = execFileSync('npm', ['pack', spec, '--json', '--ignore-scripts', '--loglevel=error'], options);
  const [{ version, filename }] = JSON.parse(out);
  const plain = filename.replace(/^@/, '').replace('/', '-'); // older npm writes a scope into the name
  if (plain !== filename && !existsSync(path.join(folder, plain))) renameSync(path.join(folder, filename), path.join(folder, plain));
  return { version, filename: plain, integrity: integrityOf(path.join(folder, plain)) };
}

function integrityOf(file) {
  return `sha512-${createHash('sha512').update(readFileSync(file)).digest('base64')}`;
}

function licenceOf(file) {
  const text = execFileSync('tar', ['-xzOf', file, '--wildcards', '--no-wildcards-match-slash', '*/package.json'], { encoding: 'utf8', maxBuffer: 2 ** 28 });
  return JSON.parse(text).license ?? 'not named';
}

function sourceCharacters(file) {
  const listed = execFileSync('tar', ['-tvzf', file], { encoding: 'utf8', maxBuffer: 2 ** 28 }).split('\n');
  const sources = listed.filter((line) => /\.tsx?$/.test(line) && !/\.d\.ts$|\/node_modules\//.test(line));
  return sources.reduce((sum, line) => sum + Number(line.split(/\s+/)[2]), 0);
}
