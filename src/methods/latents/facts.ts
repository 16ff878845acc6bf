/** What can be found out about SAEs' latents from held-out code and from the weights: the model reads the prompts twice. */
import { setImmediate } from 'node:timers/promises';
import { groupsByLength, readLogits, tokenEffects, type Model } from '../../model';
import {
  CONTEXTS, decoderDirections, EFFECTS, NEAREST, nearestLatents, RULE_FEATURES, RULE_SCORES, saeInput,
  type LoadedSae, type SaeFacts, type SaeRules, type TopLatents,
} from '../../sae';
import { writesToResidual } from './direct-effect';
import { LatentFirings } from './firings';
import { RuleSearch, type TokenTable } from './rules';
import { LatentStatistics, type Place } from './statistics';
import { siteName } from '../../vocabulary/sites';

export interface LatentFactsOptions {
  /** Token ids, none longer than the model reads. */
  readonly prompts: readonly (readonly number[])[];
  /** Tokens at the start of each prompt that are not counted: 1 for the beginning-of-sequence token, which is always the same. */
  readonly skip: 0 | 1;
  /** The first token of each answer. */
  readonly answers: readonly number[];
  /** Where rules are looked for as well: in the first so many prompts, whose features may tell of the model's answers. */
  readonly rules?: { readonly prompts: number; readonly table: (answers: Int32Array) => TokenTable };
  readonly signal?: AbortSignal;
  readonly onProgress?: (stage: string, done: number, total: number) => void;
}

export interface CollectedFacts {
  /** Tokens that were counted. */
  readonly tokens: number;
  /** The most probable of the answers for each prompt, as an index. */
  readonly answers: Int32Array;
  /** In the order of the SAEs. */
  readonly facts: SaeFacts[];
  /** The names of the features that rules are made of; empty where none were asked for. */
  readonly features: readonly string[];
}

/** Tokens of a batch with its padding. */
const BATCH_TOKENS = 2048;
/** Active latents of a row that are asked for at first, where their number is not fixed. */
const USUAL_ACTIVE = 64;
/** Latents whose directions are in memory at once. */
const LATENTS_AT_ONCE = 1024;
/** Two prompts are near twins when they share this much of their tokens (Jaccard index). */
const TWINS = 0.7;

/** @throws when an SAE's site is not the model's */
export async function collectLatentFacts(model: Model, saes: readonly LoadedSae[], options: LatentFactsOptions): Promise<CollectedFacts> {
  const { prompts, skip, rules, signal, onProgress } = options;
  const starts = new Int32Array(prompts.length);
  prompts.forEach((_, i) => (starts[i] = i === 0 ? 0 : starts[i - 1] + prompts[i - 1].length));
  const firings = rules && saes.map(({ config }) => new LatentFirings(config.dSae));
  const statistics = saes.map(({ config }) => new LatentStatistics(config.dSae));
  const answers = new Int32Array(prompts.length);
  await eachBatch(model, saes, options, 'Reading programs', ({ top, each, sae }, lengths, group, positions) => {
    lengths.forEach((length, row) => {
      const start = row * positions;
      statistics[sae].addPrompt(top, group[row], (start + skip) * each, (start + length) * each, each, skip);
    });
  }, answers);
  await eachBatch(model, saes, options, 'Counting activations', ({ top, each, sae }, lengths, group, positions) => {
    lengths.forEach((length, row) => {
      const [from, to] = [(row * positions + skip) * each, (row * positions + length) * each];
      statistics[sae].addToHistogram(top, from, to);
      if (rules && group[row] < rules.prompts) firings![sae].add(top, from, to, each, starts[group[row]] + skip);
    });
  });
  const table = rules?.table(answers);
  const search = table && new RuleSearch(table);
  const facts: SaeFacts[] = [];
  const distinct = new DistinctPrompts(prompts);
  for (const [i, sae] of saes.entries()) {
    onProgress?.('Comparing latents', i + 1, saes.length);
    const found = await factsOf(model, sae, statistics[i], distinct, starts, signal);
    facts.push({ ...found, rules: search ? await rulesOf(search, firings![i], sae.config.dSae, signal) : null });
  }
  return { features: table?.names ?? [], tokens: prompts.reduce((sum, prompt) => sum + prompt.length - skip, 0), answers, facts };
}

/** Latents whose rules are looked for before a cancellation can arrive. */
const RULES_AT_ONCE = 32;

async function rulesOf(search: RuleSearch, firings: LatentFirings, dSae: number, signal?: AbortSignal): Promise<SaeRules> {
  const rules: SaeRules = { features: new Int32Array(dSae * RULE_FEATURES).fill(-1), scores: new Float32Array(dSae * RULE_SCORES) };
  let latent = 0;
  for (const firing of firings.byLatent()) {
    if (latent % RULES_AT_ONCE === 0) {
      await setImmediate();
      signal?.throwIfAborted();
    }
    const rule = search.find(firing);
    if (rule) {
      rules.features.set(rule.features, latent * RULE_FEATURES);
      rules.scores.set([rule.f, rule.precision, rule.recall, rule.chance], latent * RULE_SCORES);
    }
    latent++;
  }
  return rules;
}

interface ActiveRows {
  sae: number;
  top: TopLatents;
  /** Rows of a position: the heads, where the SAE reads each alone. */
  each: number;
}

/** Runs prompts of similar lengths together and visits each SAE's active latents; with `answers` the model's answers are noted too. */
async function eachBatch(
  model: Model,
  saes: readonly LoadedSae[],
  { prompts, answers: tokens, signal, onProgress }: LatentFactsOptions,
  stage: string,
  visit: (rows: ActiveRows, lengths: readonly number[], group: readonly number[], positions: number) => void,
  answers?: Int32Array,
): Promise<void> {
  const atOnce = saes.map(({ config }) => config.k ?? USUAL_ACTIVE);
  const last = Math.max(...saes.map(({ site }) => (site.kind === 'block' ? site.layer : site.kind === 'embed' ? -1 : Infinity)));
  let done = 0;
  for (const group of groupsByLength(prompts, BATCH_TOKENS)) {
    signal?.throwIfAborted();
    const until = answers || last === Infinity ? undefined : last + 1;
    const run = await model.run(group.map((i) => prompts[i]), { read: saes.map(({ site }) => site), until, signal });
    const { lengths, positions } = run.layout;
    for (const [i, sae] of saes.entries()) {
      signal?.throwIfAborted();
      const x = await saeInput(sae, model, run.sites.get(siteName(sae.site))!);
      let top = await sae.topLatents(x, atOnce[i]);
      while (top.active.data.some((active) => active > top.count)) top = await sae.topLatents(x, (atOnce[i] *= 2));
      visit({ sae: i, top, each: x.shape[0] / (group.length * positions) }, lengths, group, positions);
    }
    if (answers && tokens.length > 0) {
      const { data } = await readLogits(model, run.resid, lengths.map((length, row) => row * positions + length - 1), tokens);
      group.forEach((prompt, row) => (answers[prompt] = indexOfLargest(data.subarray(row * tokens.length, (row + 1) * tokens.length))));
    }
    done += group.length;
    onProgress?.(stage, done, prompts.length);
  }
}

function indexOfLargest(values: Float32Array): number {
  return values.reduce((best, value, i) => (value > values[best] ? i : best), 0);
}

async function factsOf(
  model: Model,
  sae: LoadedSae,
  statistics: LatentStatistics,
  distinct: DistinctPrompts,
  starts: Int32Array,
  signal?: AbortSignal,
): Promise<Omit<SaeFacts, 'rules'>> {
  const { dSae } = sae.config;
  const contexts = { tokens: new Int32Array(dSae * CONTEXTS).fill(-1), activations: new Float32Array(dSae * CONTEXTS) };
  for (let latent = 0; latent < dSae; latent++) {
    distinct.choose(statistics.places(latent), CONTEXTS).forEach(({ prompt, position, activation }, i) => {
      contexts.tokens[latent * CONTEXTS + i] = starts[prompt] + position;
      contexts.activations[latent * CONTEXTS + i] = activation;
    });
  }
  const effects = () => ({ ids: new Int32Array(dSae * EFFECTS).fill(-1), logits: new Float32Array(dSae * EFFECTS) });
  const writes = writesToResidual(sae) ? { promoted: effects(), suppressed: effects() } : { promoted: null, suppressed: null };
  const nearest = { latents: new Int32Array(dSae * NEAREST), cosines: new Float32Array(dSae * NEAREST) };
  for (let start = 0; start < dSae; start += LATENTS_AT_ONCE) {
    signal?.throwIfAborted();
    const latents = Array.from({ length: Math.min(LATENTS_AT_ONCE, dSae - start) }, (_, i) => start + i);
    const near = await nearestLatents(sae, latents, NEAREST);
    nearest.latents.set(near.latents, start * NEAREST);
    nearest.cosines.set(near.cosines, start * NEAREST);
    if (!writes.promoted) continue;
    const { raised, lowered } = await tokenEffects(model, await decoderDirections(sae, latents), EFFECTS, signal);
    for (const [into, from] of [[writes.promoted, raised], [writes.suppressed, lowered]] as const) {
      const count = from.ids.length / latents.length; // fewer than EFFECTS where the vocabulary is smaller
      latents.forEach((latent, row) => {
        into.ids.set(from.ids.subarray(row * count, (row + 1) * count), latent * EFFECTS);
        into.logits.set(from.logits.subarray(row * count, (row + 1) * count), latent * EFFECTS);
      });
    }
  }
  const { active, maximum, histogram, rows } = statistics;
  return { dSae, density: Float32Array.from(active, (count) => count / rows), maximum, histogram, contexts, ...writes, nearest };
}

/** Chooses places whose prompts are no near twins: the same program with another number in it says little more. */
class DistinctPrompts {
  private readonly sets: ReadonlySet<number>[];

  constructor(prompts: readonly (readonly number[])[]) {
    this.sets = prompts.map((prompt) => new Set(prompt));
  }

  choose(places: readonly Place[], count: number): Place[] {
    const chosen: Place[] = [];
    for (const place of places) {
      if (chosen.length === count) break;
      if (!chosen.some((other) => this.similar(place.prompt, other.prompt))) chosen.push(place);
    }
    return chosen;
  }

  private similar(a: number, b: number): boolean {
    const [small, large] = this.sets[a].size < this.sets[b].size ? [this.sets[a], this.sets[b]] : [this.sets[b], this.sets[a]];
    if (small.size < TWINS * large.size) return false;
    let shared = 0;
    for (const token of small) if (large.has(token)) shared++;
    return shared >= TWINS * (small.size + large.size - shared);
  }
}
