/** What is known about the latents of the SAEs that are open: looked up, described and searched. */
import { quoteValue } from '../../checkpoints/checkpoint-error';
import { setImmediate } from 'node:timers/promises';
import { writesToResidual } from '../../methods/latents/direct-effect';
import { tokenEffects } from '../../model';
import type { LatentSearch } from '../../protocol/asked';
import type { DescribedLatent, LatentContext, LatentFacts, LatentHits, LatentPage } from '../../protocol/documents/latents';
import { decoderDirections, EFFECTS, HISTOGRAM_STEPS, type LoadedSae } from '../../sae';
import { roleText } from '../../snippets/prompts/roles';
import type { LoadedModel } from '../session/load';
import { listedSae, saesWarning } from './saes';
import { ranked, specificity } from './ranking';
import { FactsFiles, SiteNotes, tokenLogits, type LatentContextPlace } from './site-notes';
import type { LatentRef } from '../../vocabulary/latent-name';

/** Characters shown around a place. */
const BEFORE = 160;
const AFTER = 60;
/** Milliseconds that other requests may have to wait while latents are described. */
const SLICE = 10;

export class LatentBook {
  private readonly files: FactsFiles;
  private readonly opening = new Map<string, Promise<SiteNotes>>();

  /**
   * @param saes each of another site
   * @param explanations folders of Neuronpedia exports, by site
   */
  constructor(
    private readonly loaded: LoadedModel,
    private readonly saes: readonly LoadedSae[],
    private readonly explanations: Readonly<Record<string, string>> = {},
  ) {
    this.files = new FactsFiles(loaded);
  }

  /** What is said about each, in the given order. @throws a sentence for a site without an SAE or a latent that does not exist */
  async describe(refs: readonly LatentRef[]): Promise<DescribedLatent[]> {
    const described: DescribedLatent[] = [];
    for (const ref of refs) described.push((await this.notes(this.saeOf(ref))).describe(ref.latent));
    return described;
  }

  /** The share of tokens at which each is active; null where that is not known. @throws as describe does */
  async densities(refs: readonly LatentRef[]): Promise<(number | null)[]> {
    const densities: (number | null)[] = [];
    for (const ref of refs) densities.push((await this.notes(this.saeOf(ref))).facts?.density[ref.latent] ?? null);
    return densities;
  }

  /** What is wrong with some of the SAEs or with what is known about them, a sentence each; most often nothing. */
  async problems(saes: readonly LoadedSae[]): Promise<string[]> {
    const problems = [await saesWarning(this.loaded, saes)];
    for (const sae of saes) problems.push((await this.notes(sae)).problem);
    return [...new Set(problems.filter((problem) => problem !== null))];
  }

  /** All about one latent. @throws as describe does */
  async page(ref: LatentRef): Promise<LatentPage> {
    const sae = this.saeOf(ref);
    const { latent } = ref;
    const notes = await this.notes(sae);
    const { promotes, suppresses } = await this.effects(sae, notes, latent);
    return {
      ...notes.describe(latent),
      sae: listedSae(sae),
      link: notes.link(latent),
      promotes,
      suppresses,
      facts: await this.facts(notes, latent),
      problem: notes.problem,
    };
  }

  /** @throws a sentence for a query that is none, and when nothing is known to search in */
  async search({ by, query, site, limit }: LatentSearch): Promise<LatentHits> {
    if (by === 'promotes' && query === '') throw new Error('Give the token, or its beginning, that latents should promote.');
    const saes = site === null ? this.saes : [this.saeOf({ site, latent: 0 })];
    const searched: SiteNotes[] = [];
    for (const sae of saes) searched.push(await this.notes(sae));
    if (!searched.some((notes) => notes.anything)) {
      const problem = searched.find((notes) => notes.problem)?.problem;
      throw new Error(problem ?? 'Nothing is known yet about these latents. Collect facts with latent-lens saes describe, then open the model again.');
    }
    const found = by === 'description' ? await described(searched, query) : promoting(searched, this.loaded, query);
    const hits = found.slice(0, limit).map(({ notes, latent }) => ({
      ...notes.describe(latent),
      density: notes.facts?.density[latent] ?? null,
      promotes: (notes.effects(latent, 'promoted') ?? []).map(({ text }) => text),
    }));
    return { hits, total: found.length };
  }

  private async effects(sae: LoadedSae, notes: SiteNotes, latent: number): Promise<Pick<LatentPage, 'promotes' | 'suppresses'>> {
    if (!writesToResidual(sae)) return { promotes: null, suppresses: null };
    const [promotes, suppresses] = [notes.effects(latent, 'promoted'), notes.effects(latent, 'suppressed')];
    if (promotes && suppresses) return { promotes, suppresses };
    const { raised, lowered } = await tokenEffects(this.loaded.model, await decoderDirections(sae, [latent]), EFFECTS);
    const tokens = ({ ids, logits }: typeof raised) => tokenLogits(this.loaded, ids, logits);
    return { promotes: tokens(raised), suppresses: tokens(lowered) };
  }

  private async facts(notes: SiteNotes, latent: number): Promise<LatentFacts | null> {
    const { facts, tokens } = notes;
    if (!facts) return null;
    const { site } = notes.sae.config;
    const nearest = notes.nearest(latent);
    const others = await this.describe(nearest.map((near) => ({ site, latent: near.latent })));
    return {
      tokens,
      density: facts.density[latent],
      histogram: [...facts.histogram.subarray(latent * HISTOGRAM_STEPS, (latent + 1) * HISTOGRAM_STEPS)],
      contexts: notes.contexts(latent).map(shown),
      nearest: others.map((other, i) => ({ ...other, cosine: nearest[i].cosine })),
    };
  }

  private notes(sae: LoadedSae): Promise<SiteNotes> {
    const { site } = sae.config;
    let notes = this.opening.get(site);
    if (!notes) {
      const explanations = Object.hasOwn(this.explanations, site) ? this.explanations[site] : undefined;
      notes = SiteNotes.open(this.loaded, sae, this.files, explanations);
      this.opening.set(site, notes);
    }
    return notes;
  }

  /** The SAE that a latent belongs to. */
  private saeOf({ site, latent }: LatentRef): LoadedSae {
    const sae = this.saes.find(({ config }) => config.site === site);
    if (!sae) throw new Error(`There is no SAE for ${quoteValue(site)}; there are some for ${this.saes.map(({ config }) => config.site).join(', ')}.`);
    const { dSae } = sae.config;
    if (!Number.isInteger(latent) || latent < 0 || latent >= dSae) {
      throw new Error(`Latent ${quoteValue(latent)} does not exist; the SAE at ${site} has the latents 0 to ${dSae - 1}.`);
    }
    return sae;
  }
}

interface Found {
  notes: SiteNotes;
  latent: number;
}

/** Latents in whose description (or site) all words occur, specific ones first. */
async function described(searched: readonly SiteNotes[], query: string): Promise<Found[]> {
  const words = query.toLowerCase().split(/\s+/).filter((word) => word !== '');
  const found: Found[] = [];
  let since = performance.now();
  for (const notes of searched) {
    const { site, dSae } = notes.sae.config;
    for (let latent = 0; latent < dSae; latent++) {
      if (performance.now() - since > SLICE) {
        await setImmediate();
        since = performance.now();
      }
      const text = `${notes.describe(latent).description?.text ?? ''} ${site}`.toLowerCase();
      if (words.every((word) => text.includes(word))) found.push({ notes, latent });
    }
  }
  return ranked(found);
}

/**
 * Latents that promote a token: those of exactly this text first, then those of tokens that begin with it, each time dense ones behind
 * the others, by the logit; and after all of them, in the same order, those that never are active.
 */
function promoting(searched: readonly SiteNotes[], { tokenizer }: LoadedModel, query: string): Found[] {
  const trimmed = (text: string) => (query.trim() === '' ? text : text.trim());
  const wanted = trimmed(query);
  const begins = Array.from({ length: tokenizer.vocabSize }, (_, id) => {
    const text = tokenizer.bytesOf(id) ? trimmed(tokenizer.tokenText(id)) : '';
    return text === wanted ? EXACT : text.startsWith(wanted) ? BEGINS : 0;
  });
  const found: (Found & { order: number; fit: number; logit: number })[] = [];
  for (const notes of searched) {
    if (!notes.facts?.promoted) continue;
    const { ids, logits } = notes.facts.promoted;
    for (let latent = 0; latent < notes.sae.config.dSae; latent++) {
      let best: { fit: number; logit: number } | undefined;
      for (let i = latent * EFFECTS; i < (latent + 1) * EFFECTS && ids[i] >= 0; i++) {
        const fit = begins[ids[i]];
        if (fit > (best?.fit ?? 0)) best = { fit, logit: logits[i] };
      }
      if (best) found.push({ notes, latent, order: specificity({ notes, latent }), ...best });
    }
  }
  return found.sort((a, b) => Math.sign(b.order) - Math.sign(a.order) || b.fit - a.fit || b.order - a.order || b.logit - a.logit);
}

const BEGINS = 1;
const EXACT = 2;

function shown({ text, ranges, roles, position, activation }: LatentContextPlace): LatentContext {
  const { start, end } = ranges[position];
  const before = text.slice(Math.max(0, start - BEFORE), start);
  const after = text.slice(end, end + AFTER);
  return {
    before: start > BEFORE ? `…${before}` : before,
    token: text.slice(start, end),
    after: end + AFTER < text.length ? `${after}…` : after,
    activation,
    role: roleText(roles[position]),
  };
}
