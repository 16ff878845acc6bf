/** Running a study: its programs are found and made ready, each model is asked about each, and what was said becomes one table. */
import { readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseJson } from '../../checkpoints/strict-json';
import { Languages } from '../../engine/languages';
import { openQuestion } from '../../engine/reading/question';
import { loadModel, packageVersion } from '../../engine/session/load';
import { LazyPython } from '../../engine/session/python';
import type { Progress } from '../../engine/session/progress';
import { BUILT_IN_QUESTIONS } from '../../protocol/models/questions';
import { RUN_FORMAT, type Manifest } from '../../protocol/studies/manifest';
import type { Prepared, StudyProgram } from '../../protocol/studies/program';
import { checkedStudy, type Study } from '../../protocol/studies/study';
import { fileProblem } from '../../protocol/words/file-problem';
import { packageModelFor } from '../../vocabulary/package-models';
import { isOpen, type Form } from '../../snippets/prompts/forms';
import { chooseTemplate, parseTemplates, PYTHON_ERROR_TYPE, TEMPLATES } from '../../snippets/prompts/templates';
import { ExamplePool } from '../asking/examples';
import { halfOf, steeredEdits, vectorsOf, type Learnt } from '../asking/steering';
import { DonorPool } from '../asking/transplants';
import { drawnBy, hashOf } from '../programs/hash';
import { loadPrograms } from '../programs/load';
import { checkKinds } from '../programs/prepare';
import { StudyFolder, type Stage } from './folder';
import type { Disk } from './log';
import { doAll, type DoJobs } from './pool';
import { writeRows } from './table';
import type { Job } from './workshop';

export interface Shard {
  /** From 1. */
  index: number;
  of: number;
}

export interface RunOptions {
  workers: number;
  signal: AbortSignal;
  onProgress: Progress;
  /** What does the jobs, if not processes of this machine. */
  does?: DoJobs;
  disk?: Disk;
  /** Whether nobody trusts the study's file: what would run code of its programs, or open a model that it names, is refused. */
  restricted?: boolean;
}

export interface Ran {
  /** Rows in the table, and those of them that say why nothing was found. */
  rows: number;
  problems: number;
  /** What is lacking, as sentences. */
  notes: string[];
}

/** Reads a study's file. @throws a sentence that names the file and what is wrong */
export function readStudy(file: string): Study {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new Error(fileProblem(error, file) ?? (error as Error).message, { cause: error });
  }
  let value: unknown;
  try {
    value = parseJson(text);
  } catch (error) {
    throw new Error(`${file} ${(error as Error).message}.`, { cause: error });
  }
  return checkedStudy(value, file);
}

/**
 * Begins a study in a folder, or goes on with it where it was begun there.
 * @throws a sentence where the folder holds another study, a source or a model is missing, or the work cannot go on
 */
export async function runStudy(
  file: string, out: string, { limit, shard, ...options }: RunOptions & { limit: number | null; shard: Shard | null },
): Promise<Ran> {
  const study = readStudy(file);
  const folder = new StudyFolder(out);
  if (folder.exists) {
    const known = folder.manifest();
    const same = known.studyHash === studyHash(study) && known.limit === limit && JSON.stringify(known.shard) === JSON.stringify(shard);
    if (!same) throw new Error(`${out} holds another study, or the same with another --limit or --shard. Give another --out, or remove the folder.`);
  }
  folder.make();
  const giveBack = folder.take();
  try {
    if (!folder.exists) await begin(folder, study, path.dirname(path.resolve(file)), { limit, shard, ...options });
    return await goOn(folder, options);
  } finally {
    giveBack();
  }
}

/** Goes on with a study. @throws as `runStudy` */
export async function resumeStudy(out: string, options: RunOptions): Promise<Ran> {
  const folder = new StudyFolder(out);
  folder.manifest();
  const giveBack = folder.take();
  try {
    return await goOn(folder, options);
  } finally {
    giveBack();
  }
}

const studyHash = ({ title: _, about: __, $schema: ___, ...study }: Study) => hashOf(study);

async function begin(
  folder: StudyFolder, study: Study, from: string, { limit, shard, signal, onProgress, restricted = false }: RunOptions & {
    limit: number | null; shard: Shard | null,
  },
): Promise<void> {
  if (restricted) refuseUntrusted(study);
  onProgress('Reading the programs');
  const [languages, python] = [new Languages(), new LazyPython()];
  try {
    const loaded = await loadPrograms(study, { from, languages, label: python.labeller(onProgress, signal), signal });
    const problems = [...loaded.problems];
    const all = limit === null ? loaded.programs : drawnBy(loaded.programs, limit, study.seed, ({ id, pair }) => pair ?? id);
    const types = all.some(({ hole }) => hole !== null);
    if (restricted && !types) throw new Error(UNTRUSTED.code);
    const form = await formOf(study, types, from);
    if (study.edits) checkKinds(study.edits.kinds, types);
    const models: Manifest['models'] = [];
    for (const reference of study.models) {
      signal.throwIfAborted();
      onProgress('Looking at the models');
      const { id, model, tokenizer } = await loadModel(reference || packageModelFor(isOpen(form)), { from, signal, onProgress });
      try {
        openQuestion({ id, model, tokenizer }, form);
        models.push({ name: id, sha256: await model.sha256() });
      } finally {
        await model.release();
      }
    }
    const twice = models.find(({ sha256 }, i) => models.findIndex((other) => other.sha256 === sha256) < i);
    if (twice) throw new Error(`Two of the models are the same, ${twice.name}. Name each once.`);
    const names = models.map(({ name }) => name);
    models.forEach((model, i) => names.indexOf(model.name) < i && (model.name = `${model.name} (${model.sha256.slice(0, 8)})`));
    const here = shard === null ? all : all.filter((program) => isIn(program, shard));
    const lines = all.map((program) => `${JSON.stringify({ program, edits: [], dropped: {}, unusable: null } satisfies Prepared)}\n`).join('');
    folder.write('programs.jsonl', lines);
    const manifest: Manifest = {
      format: RUN_FORMAT, version: 1, study, studyHash: studyHash(study), from, form: { ...form }, models,
      programs: { all: all.length, here: here.length, sha256: hashOf(all) }, limit, shard, problems,
      versions: { latentLens: packageVersion(), node: process.versions.node },
    };
    folder.write('manifest.json', `${JSON.stringify(manifest, null, 1)}\n`);
  } finally {
    python.close();
    languages.close();
  }
}

/** Which part a program belongs to hangs on it alone; both programs of a pair belong to one. */
function isIn({ id, pair }: StudyProgram, { index, of }: Shard): boolean {
  return parseInt(hashOf(pair ?? id).slice(0, 8), 16) % of === index - 1;
}

async function formOf({ question }: Study, types: boolean, from: string): Promise<Form> {
  if (types) {
    if (question !== null && question !== 'type') throw new Error(`The programs have a place for a type, and the question is "${question}". Leave it out, or give "type".`);
    return { id: 'type', behind: true };
  }
  if (question === 'type') throw new Error('The question is "type", and the programs have no place for one. Give rows with "prefix", "suffix" and "type", or a folder.');
  if (question === null) return PYTHON_ERROR_TYPE;
  if (BUILT_IN_QUESTIONS.includes(question)) return TEMPLATES.find(({ id }) => id === question)!;
  const [, name, wanted] = /^(.+?)(?:#([a-z0-9-]+))?$/s.exec(question)!;
  const file = path.resolve(from, name);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new Error(`There is no question "${question}": ${fileProblem(error, file) ?? (error as Error).message}`, { cause: error });
  }
  return chooseTemplate(parseTemplates(text, file), wanted ?? null, file, `choose one with "question": "${name}#ID"`);
}

const UNTRUSTED = {
  code: 'This workspace is restricted, and the study runs the code of its programs. Trust the workspace, or make a study of types.',
  model: 'This workspace is restricted, and the study names a model. Trust the workspace, or leave "models" out.',
};

/** @throws a sentence where a study does what only a trusted file may ask for */
function refuseUntrusted({ models, programs, question }: Study): void {
  if (programs.some(({ from }) => from === 'pair') || (question !== null && question !== 'type')) throw new Error(UNTRUSTED.code);
  if (models.some((model) => model !== '')) throw new Error(UNTRUSTED.model);
}

async function goOn(
  folder: StudyFolder, { workers, signal, onProgress, does = doAll, disk, restricted = false }: RunOptions,
): Promise<Ran> {
  const manifest = folder.manifest();
  if (restricted) {
    refuseUntrusted(manifest.study);
    if ((await folder.programs()).some(({ program }) => program.hole === null)) throw new Error(UNTRUSTED.code);
  }
  const threads = Math.max(1, Math.floor(os.availableParallelism() / workers));
  const run = async (jobs: readonly Job[], stage: string, before: number): Promise<string[]> => {
    let [done, words] = [before, stage];
    const total = before + jobs.length;
    onProgress(words, done, total);
    const onState = (state: string) => onProgress((words = `${stage} ${state}`), done, total);
    return does(jobs, { folder, manifest, workers, threads, signal, disk, onState, onDone: () => onProgress(words, ++done, total) });
  };
  const ready = await prepareAll(folder, manifest, run);
  const done = await folder.done('ask');
  const jobs = askJobs(manifest, ready.programs, done);
  const lost = await run(jobs.wanted, 'Asking', jobs.done);
  lost.push(...(await intervene(folder, manifest, ready.programs, run)));
  onProgress('Writing the table');
  const rows = await folder.rows();
  writeRows(folder, rows);
  const notes = [...manifest.problems, ...ready.lost, ...lost];
  return { rows: rows.length, problems: rows.filter(({ problem }) => problem !== null).length, notes };
}

type Run = (jobs: readonly Job[], stage: string, before: number) => Promise<string[]>;

/** All programs whose truth and edits are needed here: those of the shard, and all where examples are drawn from them. */
async function prepareAll(folder: StudyFolder, manifest: Manifest, run: Run): Promise<{ programs: Prepared[]; lost: string[] }> {
  const { study, shard } = manifest;
  const all = await folder.programs();
  const ofAll = study.examples.length > 0 || study.steering !== null || study.transplants;
  const needed = shard === null || ofAll ? all : all.filter(({ program }) => isIn(program, shard));
  const keyOf = (program: StudyProgram) => hashOf(['prepare', program, study.edits, study.seed]);
  const isReady = ({ program }: Prepared) => study.edits === null && program.truth !== null;
  const open = needed.filter((one) => !isReady(one));
  const done = await folder.done('prepare');
  const jobs = open.filter(({ program }) => !done.has(keyOf(program))).map(({ program }): Job => ({ key: keyOf(program), stage: 'prepare', program }));
  const lost = jobs.length === 0 ? [] : await run(jobs, 'Preparing the programs', open.length - jobs.length);
  const made = new Map<string, Prepared>();
  for await (const { key, value } of folder.entries<Prepared>('prepare')) made.set(key, value);
  return { programs: needed.flatMap((one) => (isReady(one) ? [one] : (made.get(keyOf(one.program)) ?? []))), lost };
}

function askJobs(
  { study, models, shard, form }: Manifest, programs: readonly Prepared[], done: ReadonlySet<string>,
): { wanted: Job[]; done: number } {
  const pool = new ExamplePool(programs, study.seed);
  const here = programs.filter(({ program }) => shard === null || isIn(program, shard));
  const wanted: Job[] = [];
  let before = 0;
  for (const [model, { sha256 }] of models.entries()) {
    for (const prepared of here) {
      const examples = study.examples.map((kind) => pool.for(prepared, kind));
      const key = hashOf(['ask', sha256, form, prepared, examples, study.examples, study.sampling, study.explanations, study.analyses, study.seed]);
      if (done.has(key)) before++;
      else wanted.push({ key, stage: 'ask', model, prepared, examples });
    }
  }
  return { wanted, done: before };
}

/** Programs of one job: enough that a job is worth sending, few enough that one that is lost is soon done again. */
const AT_ONCE = 16;

/** Steering vectors are made of one half of the programs and tried on all, and streams transplanted; each model by itself. */
async function intervene(folder: StudyFolder, manifest: Manifest, programs: readonly Prepared[], run: Run): Promise<string[]> {
  const { study, models, shard, form } = manifest;
  const usable = programs.filter(({ unusable }) => unusable === null);
  const here = usable.filter(({ program }) => shard === null || isIn(program, shard));
  const lost: string[] = [];
  const doMissing = async (stage: Job['stage'], words: string, jobs: readonly Job[]) => {
    const done = await folder.done(stage as Stage);
    const wanted = jobs.filter(({ key }) => !done.has(key));
    if (wanted.length > 0) lost.push(...(await run(wanted, words, jobs.length - wanted.length)));
  };
  for (const [model, { sha256 }] of models.entries()) {
    const key = (stage: string, ...of: unknown[]) => hashOf([stage, sha256, form, study.seed, study.cluster, ...of]);
    if (study.steering) {
      const making = chunks(usable.filter((one) => halfOf(study, one.program) === 'making' && steeredEdits(study, one).length > 0));
      const learning = making.map((some): Job => ({ key: key('learn', study.steering, some), stage: 'learn', model, programs: some }));
      await doMissing('learn', 'Making steering vectors', learning);
      const learnt = new Map<string, Learnt>();
      for await (const { key: name, value } of folder.entries<Learnt>('learn')) learnt.set(name, value);
      const known = learning.flatMap(({ key: name }) => learnt.get(name) ?? []);
      const vectors = known.length === learning.length ? vectorsOf(known) : null;
      if (vectors && vectors.pairs > 0) {
        const steered = here.filter((one) => steeredEdits(study, one).length > 0);
        const name = hashOf(vectors);
        await doMissing('steer', 'Steering', chunks(steered).map((some): Job => ({ key: key('steer', name, some), stage: 'steer', model, programs: some, vectors })));
      }
    }
    if (study.transplants) {
      const pool = new DonorPool(usable, study);
      const items = here.map((prepared) => ({ prepared, donors: pool.for(prepared) }));
      await doMissing('transplant', 'Transplanting', chunks(items).map((some): Job => ({ key: key('transplant', some), stage: 'transplant', model, programs: some })));
    }
  }
  return lost;
}

function chunks<T>(all: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(all.length / AT_ONCE) }, (_, i) => all.slice(i * AT_ONCE, (i + 1) * AT_ONCE));
}

export interface Status {
  title: string;
  models: string[];
  programs: number;
  /** Items: a program of which one model is asked. */
  done: number;
  total: number;
  running: { host: string; pid: number } | null;
  problems: string[];
}

/** How far a study is. */
export async function studyStatus(out: string): Promise<Status> {
  const folder = new StudyFolder(out);
  const { study, models, programs, problems } = folder.manifest();
  const runner = folder.runner();
  const done = (await folder.done('ask')).size;
  return {
    title: study.title, models: models.map(({ name }) => name), programs: programs.here, done, total: programs.here * models.length,
    running: runner?.alive ? { host: runner.host, pid: runner.pid } : null, problems,
  };
}
