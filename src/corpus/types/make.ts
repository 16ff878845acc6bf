/**
 * The data of the types model: series of shards of real TypeScript, real Python and generated programs, one that is only measured, and
 * the rows of the packages for test beside them.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Random } from '../random';
import { balanced } from './balance';
import { baseline, NamePrior } from './baselines';
import { generateRows, type GeneratedRow } from './generated/generate';
import { pythonDialect } from './generated/python';
import { typescriptDialect } from './generated/typescript';
import { checkAll } from './generated/verify';
import { checkPython } from './generated/verify-python';
import { COMPILER, harvest, type Unit } from './harvest';
import { gramsOf, SeenCode } from './near-duplicates';
import { npmPackages, pythonPackages, type TypesPackage, type Use } from './packages';
import { readLines, writeLines } from './lines';
import type { TypeRow } from './row';

/** How the data are made, as in data/types/corpus.json. */
export interface TypesCorpus {
  /** The list of npm packages, and those of Python's. */
  sources: string;
  pythonSources: readonly string[];
  /** Annotations of one package at most, and windows around each. */
  most: number;
  copies: number;
  shardSize: number;
  generatedShards: { generated: number; 'generated-python': number };
  /** Rows that are measured in training. */
  validation: { typescript: number; python: number; generated: number };
}

export interface MakeTypesOptions {
  corpus: TypesCorpus;
  seed: number | string;
  /** Where the archives are. */
  archives: { npm: string; python: string };
  folder: string;
  /** JSONL files whose code must not appear. */
  exclude: readonly string[];
  /** Writes the windows of one package into a file, in a process of its own. */
  harvester: (key: string, file: string) => Promise<void>;
  /** Where pyright is, which generated Python is checked with. */
  pyright?: string;
  only?: readonly string[];
  log: (line: string) => void;
  signal?: AbortSignal;
}

/** Pairs of near twins that are drawn at once; about as many are then verified by one program of the compiler. */
const PAIRS = 300;

export function typesPackages({ sources, pythonSources }: TypesCorpus, { npm, python }: MakeTypesOptions['archives']): TypesPackage[] {
  return [...npmPackages(sources, npm), ...pythonPackages(pythonSources, python)];
}

/** A package in both lists' words: npm and PyPI have packages of one name. */
export const keyOf = ({ language, name }: TypesPackage) => `${language}:${name}`;

/** Writes the units of a package as JSON lines. */
export async function harvestInto(file: string, source: TypesPackage, { most, copies }: TypesCorpus, seed: number | string): Promise<void> {
  const units: Unit[] = [];
  for await (const unit of harvest(source, { seed, most, copies })) units.push(unit);
  writeLines(file, units);
}

/** A harvester that starts this command again for each package; one that needs more than 2 GB or ten minutes is given up. */
export function harvestApart(args: (key: string, file: string) => readonly string[]): MakeTypesOptions['harvester'] {
  return (key, file) =>
    new Promise((resolve, reject) => {
      const child = spawn(process.execPath, ['--max-old-space-size=2048', process.argv[1], ...args(key, file)], { stdio: ['ignore', 'ignore', 'inherit'] });
      const timer = setTimeout(() => child.kill('SIGKILL'), 600_000);
      child.on('error', reject);
      child.on('exit', (code) => {
        clearTimeout(timer);
        if (code === 0) resolve();
        else reject(new Error(`${key}: its windows were not made; it needed too much memory or time, or its error is above.`));
      });
    });
}

export async function makeTypesData(options: MakeTypesOptions): Promise<void> {
  const { corpus, folder, only, log, seed } = options;
  mkdirSync(folder, { recursive: true });
  const wanted = (series: string) => !only || only.includes(series);
  for (const series of ['generated', 'generated-python'] as const) if (wanted(series)) makeGenerated(options, series);
  if (wanted('typescript') || wanted('python')) await makeReal(options);
  const about = { seed, compiler: COMPILER, corpus };
  await writeFile(path.join(folder, 'types.json'), `${JSON.stringify(about, null, 1)}\n`);
  log(`Written: ${folder}`);
}

type GeneratedSeries = keyof TypesCorpus['generatedShards'];

/** Shards of verified programs, and those that are measured, which `makeReal` puts beside real ones. */
function makeGenerated({ corpus, seed, folder, pyright, log, signal }: MakeTypesOptions, series: GeneratedSeries): void {
  const rowsOf = (name: string): GeneratedRow[] => {
    signal?.throwIfAborted();
    if (series === 'generated') return generateRows(typescriptDialect, checkAll, `${seed}/${series}/${name}`, PAIRS);
    if (pyright === undefined) {
      throw new Error('Generated Python is checked with pyright: npm install --prefix FOLDER pyright, and give --pyright FOLDER; or leave it out with --only.');
    }
    return generateRows(pythonDialect, (codes) => checkPython(pyright, codes), `${seed}/${series}/${name}`, PAIRS);
  };
  const measured = measuredFile(folder, series);
  mkdirSync(path.dirname(measured), { recursive: true });
  if (!existsSync(measured)) writeLines(measured, rowsOf('measured'));
  for (let shard = 0; shard < corpus.generatedShards[series]; shard++) {
    const name = shardName(series, shard);
    if (existsSync(path.join(folder, name))) continue;
    const rows: TypeRow[] = [];
    for (let batch = 0; rows.length < corpus.shardSize; batch++) rows.push(...rowsOf(`${shard}/${batch}`));
    writeLines(path.join(folder, name), rows.slice(0, corpus.shardSize));
    log(`${name}: ${corpus.shardSize} programs`);
  }
}

const measuredFile = (folder: string, series: GeneratedSeries) => path.join(folder, 'measured', `${series}.jsonl`);

async function makeReal({ corpus, seed, archives, folder, exclude, harvester, log, signal }: MakeTypesOptions): Promise<void> {
  const harvested = path.join(folder, 'harvest');
  mkdirSync(harvested, { recursive: true });
  const seen = new SeenCode();
  for (const file of exclude) for (const row of readLines<Partial<TypeRow>>(file)) seen.add(gramsOf(`${row.prefix ?? ''}${row.type ?? ''}${row.suffix ?? ''}`));
  const rows: Record<Use, TypeRow[]> = { test: [], validation: [], training: [] };
  const order: readonly Use[] = ['test', 'validation', 'training'];
  const packages = typesPackages(corpus, archives).sort((a, b) => order.indexOf(a.use) - order.indexOf(b.use));
  let dropped = 0;
  for (const source of packages) {
    signal?.throwIfAborted();
    const file = path.join(harvested, `${source.language}-${source.name.replace(/^@/, '').replace('/', '-')}.jsonl`);
    if (!existsSync(file)) {
      const started = performance.now();
      try {
        await harvester(keyOf(source), file);
      } catch (error) {
        log((error as Error).message);
        continue;
      }
      log(`${source.name}: ${((performance.now() - started) / 1000).toFixed(0)} s`);
    }
    for (const unit of readLines<Unit>(file)) {
      if (seen.isNew(unit.grams)) rows[source.use].push(...unit.rows);
      else dropped++;
    }
  }
  log(`Near duplicates left out: ${dropped}.`);

  const prior = new NamePrior(rows.training.filter(({ id }) => !id.includes('#')));
  const random = new Random(`${seed}/real`);
  const withBaseline = (row: TypeRow): TypeRow => ({ ...row, baseline: baseline(row, prior) });
  const ofLanguage = (some: readonly TypeRow[], language: string) => some.filter((row) => (row.language === 'python') === (language === 'python'));
  const generated = (['generated', 'generated-python'] as const).map((series) => measuredFile(folder, series)).filter((file) => existsSync(file));
  const measured = generated.flatMap((file) => [...readLines<TypeRow>(file)].slice(0, corpus.validation.generated));
  for (const language of ['typescript', 'python'] as const) {
    const training = balanced(ofLanguage(rows.training, language), random);
    log(`${language}: ${training.length} of ${ofLanguage(rows.training, language).length} windows are trained on.`);
    for (let shard = 0; (shard + 1) * corpus.shardSize <= training.length; shard++) {
      writeLines(path.join(folder, shardName(language, shard)), training.slice(shard * corpus.shardSize, (shard + 1) * corpus.shardSize));
    }
    measured.push(...evenly(ofLanguage(rows.validation, language), corpus.validation[language], random));
    mkdirSync(path.join(folder, 'test'), { recursive: true });
    writeLines(path.join(folder, 'test', `${language}.jsonl`), evenly(ofLanguage(rows.test, language), 2000, random).map(withBaseline));
  }
  writeLines(path.join(folder, shardName('validation', 0)), measured.map(withBaseline));
}

/** Rows at random, as many of each package. */
function evenly(rows: readonly TypeRow[], count: number, random: Random): TypeRow[] {
  const byPackage = [...new Set(rows.map((row) => row.package))].map((name) => random.shuffle(rows.filter((row) => row.package === name)));
  const taken: TypeRow[] = [];
  for (let i = 0; taken.length < count && byPackage.some((some) => i < some.length); i++) {
    for (const some of byPackage) if (i < some.length && taken.length < count) taken.push(some[i]);
  }
  return taken;
}

const shardName = (series: string, shard: number) => `${series}-${String(shard).padStart(5, '0')}.jsonl`;
