/** What is known about the latents of one SAE: facts from `saes describe`, and explanations from Neuronpedia. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { hashFile } from '../../checkpoints/checkpoint';
import { describeLatent } from '../../findings/latent-description';
import { ruleWords, TELLS } from '../../findings/rule-words';
import { EFFECTS, FACTS_FILE, FactsFile, HISTOGRAM_STEPS, NEAREST, readExplanations, type Explained, type LoadedSae, type SaeFacts } from '../../sae';
import { sharedParser } from '../../snippets/syntax/parse';
import type { DescribedLatent, TokenLogit } from '../../protocol/documents/latents';
import { FactPrompts, type FactPrompt } from './fact-prompts';
import type { LoadedModel } from '../session/load';
import { rounded } from '../session/rounded';

/** Folders above an SAE's own in which its facts may lie, as SAEs are looked for so many levels deep. */
const MOST_LEVELS = 4;

/** A collection's facts with what belongs to all of its sites. */
interface Collection {
  file: FactsFile;
  prompts: FactPrompts;
  /** The question's answers, with the share of the programs that the model gives each. */
  answers: { label: string; text: string; share: number }[];
}

export interface LatentContextPlace extends FactPrompt {
  position: number;
  activation: number;
}

/** Opens each collection's file once. */
export class FactsFiles {
  private readonly opening = new Map<string, Promise<Collection>>();

  constructor(private readonly loaded: LoadedModel) {}

  open(path: string): Promise<Collection> {
    let collection = this.opening.get(path);
    if (!collection) {
      collection = this.read(path);
      this.opening.set(path, collection);
      collection.catch(() => this.opening.delete(path)); // another try may find it repaired
    }
    return collection;
  }

  private async read(path: string): Promise<Collection> {
    const { model, tokenizer } = this.loaded;
    const file = await FactsFile.open(path, model.shape.vocabulary);
    if (file.modelSha256 !== (await model.sha256())) throw new Error(`${path} was made with another model. Make it again with latent-lens saes describe.`);
    const counts = file.question.answers.map(() => 0);
    for (let i = 0; i < file.prompts; i++) {
      const answer = file.answerTo(i);
      if (answer) counts[file.question.answers.indexOf(answer)]++;
    }
    const answers = file.question.answers.map((answer, i) => ({ ...answer, share: counts[i] / file.prompts }));
    const prompts = new FactPrompts(file, tokenizer, await sharedParser());
    prompts.check();
    return { file, prompts, answers };
  }
}

export class SiteNotes {
  private readonly described: (DescribedLatent['description'] | undefined)[] = [];

  private constructor(
    readonly sae: LoadedSae,
    private readonly loaded: LoadedModel,
    private readonly collection: Collection | null,
    readonly facts: SaeFacts | null,
    private readonly explained: ReadonlyMap<number, Explained>,
    /** Why facts or explanations that there are cannot be shown; null when nothing is wrong. */
    readonly problem: string | null,
  ) {}

  /** What cannot be read, or is about another SAE, becomes the `problem`. */
  static async open(loaded: LoadedModel, sae: LoadedSae, files: FactsFiles, explanations: string | undefined): Promise<SiteNotes> {
    const problems: string[] = [];
    const noted = (error: Error) => void problems.push(error.message);
    const known = await factsOf(sae, files).catch(noted);
    const explained = explanations === undefined ? undefined : await readExplanations(explanations, sae.config.dSae).catch(noted);
    const problem = problems.length > 0 ? problems.join(' ') : null;
    return new SiteNotes(sae, loaded, known?.collection ?? null, known?.facts ?? null, explained ?? new Map<number, Explained>(), problem);
  }

  /** Whether anything is known about its latents but their weights. */
  get anything(): boolean {
    return this.facts !== null || this.explained.size > 0;
  }

  describe(latent: number): DescribedLatent {
    const { facts, sae } = this;
    return { site: sae.config.site, latent, description: this.description(latent), maximum: facts?.maximum[latent] ?? null };
  }

  link(latent: number): string | null {
    return this.explained.get(latent)?.link ?? null;
  }

  /** Tokens that were counted for the facts. */
  get tokens(): number {
    return this.collection?.file.tokens ?? 0;
  }

  /** The places where a latent is most active, the most active first. */
  contexts(latent: number): LatentContextPlace[] {
    if (!this.collection || !this.facts) return [];
    const { file, prompts } = this.collection;
    return file.contexts(this.facts, latent).map(({ prompt, position, activation }) => ({ ...prompts.get(prompt), position, activation }));
  }

  /** The tokens that it promotes or suppresses, as far as they are among the facts. */
  effects(latent: number, which: 'promoted' | 'suppressed'): TokenLogit[] | null {
    const effects = this.facts?.[which];
    if (!effects) return null;
    const own = [latent * EFFECTS, (latent + 1) * EFFECTS] as const;
    return tokenLogits(this.loaded, effects.ids.subarray(...own), effects.logits.subarray(...own));
  }

  nearest(latent: number): { latent: number; cosine: number }[] {
    if (!this.facts) return [];
    const { latents, cosines } = this.facts.nearest;
    const own = Array.from({ length: NEAREST }, (_, i) => latent * NEAREST + i);
    return own.flatMap((i) => (latents[i] >= 0 ? [{ latent: latents[i], cosine: cosines[i] }] : []));
  }

  private description(latent: number): DescribedLatent['description'] {
    const explained = this.explained.get(latent);
    if (explained) return { text: explained.description, source: 'neuronpedia' };
    let known = this.described[latent];
    if (known === undefined) this.described[latent] = known = this.automatic(latent);
    return known;
  }

  private automatic(latent: number): DescribedLatent['description'] {
    if (!this.collection || !this.facts) return null;
    const { file, prompts, answers } = this.collection;
    const places = file.contexts(this.facts, latent).map(({ prompt, position, activation }) => {
      const { tokens, roles } = prompts.get(prompt);
      const answer = file.answerTo(prompt)?.label ?? null;
      return { token: tokens[position], before: tokens[position - 1] ?? '', role: roles[position], activation, answer };
    });
    const [from, to] = [latent * HISTOGRAM_STEPS, (latent + 1) * HISTOGRAM_STEPS];
    const activity = { density: this.facts.density[latent], times: this.facts.histogram.subarray(from, to).reduce((a, b) => a + b, 0) };
    const rule = file.rule(this.facts, latent);
    const tells = rule !== null && rule.score >= TELLS ? ruleWords(rule.features) : null;
    const text = describeLatent(activity, places, this.effects(latent, 'promoted') ?? [], answers, tells);
    return text === null ? null : { text, source: 'automatic', ...(tells !== null && { score: rounded(rule!.score) }) };
  }
}

/** Token ids with their logits as they are shown; ids below 0 stand for none. */
export function tokenLogits({ tokenizer }: LoadedModel, ids: Int32Array, logits: Float32Array): TokenLogit[] {
  return [...ids].flatMap((id, i) => (id >= 0 && tokenizer.bytesOf(id) ? [{ id, text: tokenizer.tokenText(id), logit: logits[i] }] : []));
}

/** The facts about an SAE in the nearest file above its weights; null when there is none. @throws when they are not about this SAE */
async function factsOf(sae: LoadedSae, files: FactsFiles): Promise<{ collection: Collection; facts: SaeFacts } | null> {
  const { site, dSae } = sae.config;
  const found = factsFileFor(sae.folder);
  if (found === null) return null;
  const collection = await files.open(found);
  const sha256 = collection.file.saes.get(site);
  const again = 'Make it again with latent-lens saes describe.';
  if (sha256 === undefined) throw new Error(`${found} has nothing about ${site}. ${again}`);
  if (sha256 !== (await hashFile(sae.weights.file))) throw new Error(`${found} is about another SAE at ${site}: the weights differ. ${again}`);
  return { collection, facts: await collection.file.facts(site, dSae) };
}

function factsFileFor(folder: string): string | null {
  let at = folder;
  for (let level = 0; level <= MOST_LEVELS; level++) {
    const file = path.join(at, FACTS_FILE);
    if (existsSync(file)) return file;
    at = path.dirname(at);
  }
  return null;
}
