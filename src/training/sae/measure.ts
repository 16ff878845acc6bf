/** The autoencoders of a model folder, measured as they lie in their files. */
import { createHash } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Model } from '../../model';
import { answerTokens, partingTokens, renderPrompt } from '../../snippets/prompts/prompts';
import type { Template } from '../../snippets/prompts/templates';
import { CodeTokenizer } from '../../snippets/tokenizer/tokenizer';
import { evaluateSaes, type MeasuredPrompt, type SaeMeasures } from './evaluate';
import { readSae } from './folder';
import { parseSites } from './make';
import { evaluatePairs, type PairMeasures, type ProgramPair } from './pairs';
import { programFiles, promptIds, readDataPrograms } from './prompts';
import { SplicedSae, type ActiveLatent } from './splice';
import { siteName } from '../../vocabulary/sites';
import { canonicalLabel } from '../../vocabulary/labels';

export interface SaeReport {
  model: string;
  modelSha256: string;
  template: string;
  /** Programs that the measures are taken on. */
  programs: number;
  /** SHA-256 of those programs. */
  programsSha256: string;
  saes: SaeMeasures[];
  /** Each autoencoder alone, then those of one place in all layers together, then all of them. */
  pairs: PairMeasures[];
  /** The latents active at the last token of the first program's prompt, by site: for holding other implementations against. */
  sample: { tokens: readonly number[]; latents: Record<string, ActiveLatent[]> };
}

export interface MeasureSaesOptions {
  model: string;
  /** The folders' folder. */
  out: string;
  sites: readonly string[];
  data: readonly string[];
  template: Template;
  /** Labelled programs from the start of the first file. */
  programs: number;
  /** JSON lines with `code` and `label`: a program, then its near twin, and so on. */
  pairs?: string;
  /** Where the report is written as well; nowhere by default. */
  report?: string;
  threads?: number;
  onProgress?: (stage: string, done: number, total: number) => void;
  signal?: AbortSignal;
}

/** Measures the autoencoders as they lie in their folders, and writes a report where one is asked for, and nothing else. */
export async function measureSaes(options: MeasureSaesOptions): Promise<SaeReport> {
  const { template, threads, signal } = options;
  if (options.report !== undefined) await refuseOtherFiles(options.report);
  const model = await Model.load(options.model, { threads });
  const tokenizer = await CodeTokenizer.fromFolder(options.model);
  const saes: SplicedSae[] = [];
  for (const site of parseSites(options.sites, model.shape.layers)) {
    const sae = await readSae(path.join(options.out, siteName(site)));
    saes.push(await SplicedSae.open(model, siteName(site), sae, sae.excluded.includes(tokenizer.bos ?? -1) ? 1 : 0, threads));
  }
  const [file] = programFiles(options.data);
  const programs = (await readDataPrograms(file)).slice(0, options.programs);
  if (programs.length === 0) throw new Error(`${file} holds no programs to measure on.`);
  const answers = answerTokens(tokenizer, template, renderPrompt(template, 'pass', tokenizer.chat).text);
  const prompts = programs.map(({ code, label }): MeasuredPrompt => ({
    ids: promptIds(tokenizer, template, code),
    answer: label === undefined ? undefined : answers.find((answer) => answer.label === canonicalLabel(label))?.ids[0],
  }));
  const measures = await evaluateSaes(model, saes, prompts, { signal, onProgress: (done, total) => options.onProgress?.('Held-out programs', done, total) });

  const pairs: PairMeasures[] = [];
  if (options.pairs) {
    const rows = await readDataPrograms(options.pairs);
    const twins: ProgramPair[] = [];
    for (let i = 0; i + 1 < rows.length; i += 2) {
      const [clean, corrupted] = [rows[i], rows[i + 1]];
      const { shared, tokens } = partingTokens(answers, clean.label ?? '', corrupted.label ?? '');
      const [cleanAnswer, corruptedAnswer] = tokens;
      const ids = (code: string) => [...promptIds(tokenizer, template, code), ...shared];
      twins.push({ clean: ids(clean.code), corrupted: ids(corrupted.code), cleanAnswer, corruptedAnswer });
    }
    const sets = together(saes);
    for (const [done, set] of sets.entries()) {
      pairs.push(await evaluatePairs(model, set, twins, signal));
      options.onProgress?.('Pairs', done + 1, sets.length);
    }
  }
  const sample: SaeReport['sample'] = { tokens: prompts[0].ids, latents: {} };
  const run = await model.run([prompts[0].ids], { read: saes.map(({ site }) => site), signal });
  for (const sae of saes) sample.latents[sae.name] = await sae.latents(run.sites.get(sae.name)!.data.slice(-sae.shape.inputs));
  const report: SaeReport = {
    model: path.basename(path.resolve(options.model)),
    modelSha256: await model.sha256(),
    template: template.id,
    programs: programs.length,
    programsSha256: createHash('sha256').update(JSON.stringify(programs.map(({ code, label }) => ({ code, label })))).digest('hex'),
    saes: measures,
    pairs,
    sample,
  };
  for (const sae of saes) await sae.release();
  await model.release();
  if (options.report !== undefined) {
    await writeFile(`${options.report}.part`, `${JSON.stringify(report, null, 2)}\n`);
    await rename(`${options.report}.part`, options.report);
  }
  return report;
}

/** A report takes the place of an earlier one, and of nothing else. */
async function refuseOtherFiles(file: string): Promise<void> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (text === null || isReport(text)) return;
  throw new Error(`${file} is there already, and is no report of this command. Give another name with --report.`);
}

function isReport(text: string): boolean {
  try {
    const value = JSON.parse(text) as Partial<SaeReport> | null;
    return typeof value?.programsSha256 === 'string' && Array.isArray(value.saes);
  } catch {
    return false;
  }
}

function together(saes: readonly SplicedSae[]): SplicedSae[][] {
  const place = ({ site }: SplicedSae) => (site.kind === 'block' ? site.site : site.kind);
  const places = [...new Set(saes.map(place))].map((name) => saes.filter((sae) => place(sae) === name));
  const sets = [...saes.map((sae) => [sae]), ...places, [...saes]];
  return [...new Map(sets.map((set) => [set.map(({ name }) => name).join(), set])).values()];
}
