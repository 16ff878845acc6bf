/** Collecting what there is to know about the latents of SAEs, and writing it beside them. */
import { hashFile } from '../../checkpoints/checkpoint';
import { collectLatentFacts } from '../../methods/latents/facts';
import { tokenTable } from '../../methods/latents/rules';
import { writeFacts } from '../../sae';
import { sharedParser } from '../../snippets/syntax/parse';
import { promptTokens, renderPrompt } from '../../snippets/prompts/prompts';
import { tokenRoles } from '../../snippets/prompts/roles';
import type { Template } from '../../snippets/prompts/templates';
import { tokenFeatures } from '../../snippets/prompts/token-features';
import { resolveSaes } from '../../store/resolve-saes';
import type { LoadedModel } from '../session/load';
import { openQuestion } from '../reading/question';
import type { Progress } from '../session/progress';
import { openSaes, ownSaes } from './saes';

export interface DescribeSaesOptions {
  /** Held-out programs, and in which line each raises, where that is known. */
  programs: readonly HeldOutProgram[];
  signal?: AbortSignal;
  onProgress?: Progress;
}

export interface HeldOutProgram {
  code: string;
  /** From 1; null where nothing is raised. */
  line?: number | null;
}

/** Tokens that rules are looked for in; all activations at them are held in memory. */
const RULE_TOKENS = 120_000;

/** A file that was written. */
export interface DescribedSaes {
  file: string;
  saes: number;
  latents: number;
  programs: number;
  tokens: number;
  /** Programs that are longer than the model reads. */
  leftOut: number;
}

/**
 * Reads the programs with the model and each folder's SAEs, and writes what was found into one file a folder; the model's own folder of
 * SAEs when none is given.
 * @throws when a folder's SAEs cannot be used together, or no program can be read
 */
export async function describeSaes(
  loaded: LoadedModel,
  template: Template,
  folders: readonly string[],
  { programs, signal, onProgress }: DescribeSaesOptions,
): Promise<DescribedSaes[]> {
  const { model, tokenizer, id } = loaded;
  const { answers, room } = openQuestion(loaded, template);
  const all = programs.map(({ code, line }) => {
    const prompt = renderPrompt(template, code, tokenizer.chat);
    return { prompt, tokens: promptTokens(tokenizer, prompt), code, line };
  });
  const read = all.filter(({ tokens }) => tokens.length <= room);
  const prompts = read.map(({ tokens }) => tokens.map(({ id }) => id));
  if (prompts.length === 0) throw new Error(`None of the ${all.length} programs can be read by ${id}: each has more than ${room} tokens. Give shorter ones.`);
  const { text, pieces: [{ start, end }] } = renderPrompt(template, 'pass', tokenizer.chat);
  const source = {
    modelSha256: await model.sha256(),
    question: { template: template.id, prefix: text.slice(0, start), suffix: text.slice(end), answers: template.answers },
    prompts,
  };
  const parser = await sharedParser();
  const rules = {
    prompts: firstOf(prompts, RULE_TOKENS),
    table: (given: Int32Array) => {
      const features = read.slice(0, rules.prompts).map(({ prompt, tokens, code, line }, i) => {
        const tree = parser.parse(code);
        const answer = template.answers[given[i]]?.label;
        return tokenFeatures({ tree, prompt, tokens, roles: tokenRoles(tree, prompt, tokens), raisedLine: line, answer });
      });
      return tokenTable(features, Math.floor(rules.prompts / 2));
    },
  };
  const done: DescribedSaes[] = [];
  for (const given of folders.length > 0 ? folders : [null]) {
    const folder = given === null ? null : await resolveSaes(given, { from: process.cwd() });
    const saes = await openSaes(loaded, folder === null ? [] : [folder]);
    try {
      const found = await collectLatentFacts(model, saes, {
        prompts,
        skip: prompts[0][0] === tokenizer.bos ? 1 : 0,
        answers: answers.map(({ ids }) => ids[0]),
        rules,
        signal,
        onProgress,
      });
      const sites = [];
      for (const [i, sae] of saes.entries()) {
        sites.push({ site: sae.config.site, sha256: await hashFile(sae.weights.file, signal), facts: found.facts[i] });
      }
      const beside = folder ?? ownSaes(loaded);
      const file = await writeFacts(beside, { ...source, tokens: found.tokens, answers: found.answers, features: found.features }, sites);
      const latents = saes.reduce((sum, { config }) => sum + config.dSae, 0);
      const leftOut = all.length - prompts.length;
      done.push({ file, saes: saes.length, latents, programs: prompts.length, tokens: found.tokens, leftOut });
    } finally {
      for (const sae of saes) await sae.release();
    }
  }
  return done;
}

/** How many prompts, from the first, have so many tokens at most; one at least. */
function firstOf(prompts: readonly (readonly number[])[], most: number): number {
  let tokens = 0;
  const past = prompts.findIndex((prompt) => (tokens += prompt.length) > most);
  return past < 0 ? prompts.length : Math.max(1, past);
}
