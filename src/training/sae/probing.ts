/** Sparse probes for properties of tokens on held-out programs: what latents tell about code, beside neurons and the residual stream. */
import path from 'node:path';
import { floats, Session } from '../../graph';
import { sparseProbe, type ProbeResult } from '../../methods/latents/sparse-probing';
import { Model } from '../../model';
import { promptTokens, renderPrompt } from '../../snippets/prompts/prompts';
import type { Template } from '../../snippets/prompts/templates';
import { CodeTokenizer } from '../../snippets/tokenizer/tokenizer';
import { TYPE_CLASSES } from '../../corpus/labelling/trace';
import { activationSize, ActivationReader } from './activations';
import { readSae } from './folder';
import { saeEncoder, saeWeights } from './graph';
import { programFiles, readDataPrograms, type DataProgram } from './prompts';
import { SYNTAX_STATES, syntaxStates } from '../syntax';
import { blockSite, parseSite, siteName, type Site } from '../../vocabulary/sites';

/** A token of a program: what is asked of it, and whether the answer is yes. */
interface Mark {
  property: string;
  position: number;
  yes: boolean;
}

/** How well the best layer tells a property; the layer is chosen on the programs learnt from, the area is that on the others. */
export interface ProbeScore {
  property: string;
  representation: string;
  k: number;
  site: string;
  auc: number;
}

export interface ProbeSaesOptions {
  model: string;
  /** The folders' folder. */
  out: string;
  sites: readonly string[];
  data: readonly string[];
  template: Template;
  /** Labelled programs from the start of the first file. */
  programs: number;
  threads?: number;
  signal?: AbortSignal;
  onProgress?: (stage: string, done: number, total: number) => void;
}

export const PROPERTIES = ['two brackets deep or more', 'in a string', 'a text’s value ends here', 'a number’s value ends here', 'a name that is not defined', 'the line raises'] as const;
/** Tokens of each answer that a property is probed on, in each half of the programs. */
const MOST = 400;
const LEAST = 20;
const FEW = [1, 5] as const;

export async function probeSaes(options: ProbeSaesOptions): Promise<ProbeScore[]> {
  const { template, signal, onProgress } = options;
  const model = await Model.load(options.model, { threads: options.threads });
  const tokenizer = await CodeTokenizer.fromFolder(options.model);
  const [file] = programFiles(options.data);
  const programs = (await readDataPrograms(file)).slice(0, options.programs);
  const prompts = programs.map(({ code }) => promptTokens(tokenizer, renderPrompt(template, code, tokenizer.chat)));
  const startOf = (code: string) => renderPrompt(template, code, tokenizer.chat).pieces[0].start;
  const chosen = chooseRows(programs.map((program, i) => marksOf(program, prompts[i], startOf(program.code))));
  const used = [...new Set(chosen.flatMap(({ rows }) => rows.map(({ program }) => program)))].sort((a, b) => a - b);
  const positions = used.map((program) => {
    const own = chosen.flatMap(({ rows }) => rows.filter((row) => row.program === program).map(({ position }) => position));
    return [...new Set(own)].sort((a, b) => a - b);
  });
  const rowOf = new Map<string, number>();
  let count = 0;
  used.forEach((program, i) => positions[i].forEach((position) => rowOf.set(`${program} ${position}`, count++)));

  const best = new Map<string, ProbeScore & { train: number }>();
  const saeSites = options.sites.map((name) => parseSite(name, model.shape.layers));
  for (let layer = 0; layer < model.shape.layers; layer++) {
    signal?.throwIfAborted();
    onProgress?.('Probing layers', layer + 1, model.shape.layers);
    const own = saeSites.filter((site) => site.kind === 'block' && site.layer === layer);
    const plain: Site[] = [blockSite(layer, 'hook_resid_post'), blockSite(layer, 'mlp.hook_post')];
    const sites = [...new Map([...own, ...plain].map((site) => [siteName(site), site])).values()];
    const reader = await ActivationReader.open(model, sites, options.threads);
    const read = await reader.read(used.map((program) => prompts[program].map(({ id }) => id)), positions);
    await reader.release();
    const compare = (representation: string, site: string, data: Float32Array, width: number, few: readonly number[]) => {
      for (const { property, rows, split } of chosen) {
        const x = new Float32Array(rows.length * width);
        rows.forEach(({ program, position }, i) => {
          const row = rowOf.get(`${program} ${position}`)!;
          x.set(data.subarray(row * width, (row + 1) * width), i * width);
        });
        const labels = Uint8Array.from(rows, ({ yes }) => Number(yes));
        for (const k of few) {
          const { train, test }: ProbeResult = sparseProbe({ x, width, labels, split }, k);
          const key = `${property}/${representation}/${k === width ? 'all' : k}`;
          if (train > (best.get(key)?.train ?? -1)) best.set(key, { property, representation: k === width ? `${representation}, all` : representation, k, site, auc: test, train });
        }
      }
    };
    for (const site of own) {
      const { latents, width } = await latentsOf(path.join(options.out, siteName(site)), read.get(siteName(site))!);
      compare('latents', siteName(site), latents, width, FEW);
    }
    const [resid, neurons] = plain;
    const size = activationSize(model, resid);
    compare('neurons', siteName(neurons), read.get(siteName(neurons))!, activationSize(model, neurons), FEW);
    compare('residual directions', siteName(resid), read.get(siteName(resid))!, size, [...FEW, size]);
  }
  await model.release();
  return [...best.values()].map(({ train: _, ...score }) => score);
}

/** The latents of rows [rows, inputs] as a whole array. */
async function latentsOf(folder: string, rows: Float32Array): Promise<{ latents: Float32Array; width: number }> {
  const { shape, weights } = await readSae(folder);
  const session = await Session.open(saeEncoder(shape));
  const given = new Map([...saeWeights(shape)].map(([name, size]) => [name, floats(weights.get(name)!, size)]));
  given.set('x', floats(rows, [rows.length / shape.inputs, shape.inputs]));
  const { activations } = await session.run(Object.fromEntries([...session.inputs.keys()].map((name) => [name, given.get(name)!])));
  await session.release();
  return { latents: activations.data as Float32Array, width: shape.latents };
}

interface ChosenRows {
  property: string;
  rows: { program: number; position: number; yes: boolean }[];
  /** How many of the rows are of the first half of the programs. */
  split: number;
}

/** As many tokens of each answer, from each half of the programs; near twins stand next to each other, so the halves share none. */
function chooseRows(marks: readonly (readonly Mark[])[]): ChosenRows[] {
  const half = Math.floor(marks.length / 2);
  return PROPERTIES.flatMap((property) => {
    const parts = [0, 1].map((part) => {
      const own = marks.flatMap((list, program) => {
        const asked = Number(program >= half) === part ? list.filter((mark) => mark.property === property) : [];
        return asked.map(({ position, yes }) => ({ program, position, yes }));
      });
      const [yes, no] = [own.filter((row) => row.yes), own.filter((row) => !row.yes)];
      const count = Math.min(MOST, yes.length, no.length);
      return count < LEAST ? [] : [...spread(yes, count), ...spread(no, count)];
    });
    return parts.some((part) => part.length === 0) ? [] : [{ property, rows: parts.flat(), split: parts[0].length }];
  });
}

function spread<T>(items: readonly T[], count: number): T[] {
  return Array.from({ length: count }, (_, i) => items[Math.floor((i * items.length) / count)]);
}

/** What is asked of a program's tokens. Programs with other characters than ASCII are left out: the trace counts characters differently. */
function marksOf({ code, line, types = [] }: DataProgram, tokens: readonly { start: number; end: number }[], codeStart: number): Mark[] {
  const marks: Mark[] = [];
  if (/[^\x00-\x7f]/.test(code)) return marks; // eslint-disable-line no-control-regex
  const states = syntaxStates(code);
  const values = new Map(types.map(([end, type]) => [end, TYPE_CLASSES[type]]));
  const [deep, text, string, number, unknown, raises] = PROPERTIES;
  let at = 1;
  tokens.forEach(({ start, end }, position) => {
    const [from, to] = [start - codeStart, end - codeStart];
    if (from < 0 || to > code.length || from === to) return;
    const add = (property: string, yes: boolean) => marks.push({ property, position, yes });
    const state = SYNTAX_STATES[states[to - 1]];
    if (state !== 'broken') {
      add(deep, /^[([{][23]$/.test(state));
      add(text, /^['"]/.test(state));
    }
    const value = values.get(to);
    if (value !== undefined) {
      add(string, value.startsWith('str'));
      add(number, /^(?:int|float)/.test(value));
      add(unknown, value === 'not defined');
    }
    const lines = code.slice(from, to).split('\n').length - 1;
    if (lines > 0 && line !== null && line !== undefined) add(raises, at <= line && line < at + lines);
    at += lines;
  });
  return marks;
}
