/** Who writes the answer: a program's components, beside those of its near twin where there is one to compare with. */
import type { FloatArray } from '../../graph';
import {
  attentionTerms, cumulative, directComponents, namedComponents, neuronComponents, sourceComponents, type Components,
} from '../../methods/components';
import { latentComponents, splitsComponent } from '../../methods/latents/components';
import { logitDifference, readOut, type LogitMetric } from '../../model';
import { parseHead, type Component } from '../../protocol/analyses/components';
import type { Params, Part } from '../../protocol/analyses';
import { parsePlace } from '../../protocol/place';
import type { LoadedSae } from '../../sae';
import { blockSite, siteName, type Site } from '../../vocabulary/sites';
import { latentName } from '../../vocabulary/latent-name';
import { positionAt } from '../reading/places';
import { rounded } from '../session/rounded';
import type { Pair } from '../twins/pair';
import { comparedAnswers } from './compared-answers';
import { componentFindings } from './component-findings';
import type { Asking, Reading } from './reading';
import type { Run, RunContext } from './run';

type Value = Part<'components'>;
type Named = Omit<Component, 'variant'>;

/** One program's tokens, the one whose next token is asked about, and what is asked. */
interface Asked {
  ids: number[];
  position: number;
  metric: Value['metric'];
  behind: number[];
}

/** What was found of one program. */
interface Divided {
  components: Components;
  named: Named[];
}

export const components: Run<'components'> = {
  run: async (reading, params, context) => {
    const { model, tokenizer } = reading.loaded;
    const pair = context.against === undefined ? null : await reading.pair(context.against, params.answers, context.topK, context);
    const problems: string[] = [];
    const asked = await askedOf(reading, params, pair, context);
    const { metric, behind, ids, position } = asked;
    const saes = params.by === 'latent' ? await reading.session.saes() : [];
    const split = dividing(saes);
    if (split.length < saes.length) {
      problems.push('SAEs of the residual stream read what all components before them wrote together, so they divide none of these; of several SAEs of one attention, that of its output does.');
    }

    const divide = (of: Pick<Asked, 'ids' | 'position'>): Promise<Divided> => divided(reading, { ...asked, ...of }, params, split, context);
    const own = await divide(asked);
    const other = pair && variantOf(reading, asked, pair);
    if (pair && !other) problems.push('The variant has no token beside this one, so it is not compared.');
    const against = other && (await divide(other));
    const listed = chosen(own.named, against?.named, params);

    const heads = headsOf(params, own.components);
    const layers = [...new Set(heads.map(({ layer }) => layer))].sort((a, b) => a - b);
    const through = await sourceComponents(model, ids, position, own.components, layers, {
      signal: context.signal,
      onProgress: (done, total) => context.onProgress?.('Reading attention', done, total),
    });
    const value: Value = {
      position,
      metric,
      ...sums(own),
      components: listed,
      behind: behind.map((id) => ({ id, text: tokenizer.tokenText(id) })),
      sources: { heads, values: heads.map(({ layer, head }) => through[layers.indexOf(layer)][head].map(rounded)) },
      variant: against && { position: other!.position, ...sums(against) },
    };
    await describe(reading, value.components);
    return { value, findings: componentFindings(value, reading.program), problems };
  },
};

/** The metric: two answers, two tokens that may come next, or one token. @throws a sentence where it is none */
export async function askedOf(
  reading: Reading,
  params: Pick<Params<'components'>, 'position' | 'token' | 'answers'>,
  pair: Pair | null,
  context: Asking & { topK: number },
): Promise<Asked> {
  const { program, loaded: { model, tokenizer } } = reading;
  const at = parsePlace(params.position);
  const place = positionAt(program, at);
  const last = place === program.ids.length - 1;
  const quoted = (...tokens: number[]) => JSON.stringify(tokens.map((id) => tokenizer.tokenText(id)).join(''));
  const where = last ? 'at the last token' : `at token ${place} (${quoted(program.ids[place])})`;
  const of = (positive: string, negative: string | null, positiveToken: number, negativeToken: number | null, words = where) => {
    const subtracted = negativeToken === null ? '' : ` − logit[${quoted(negativeToken)}]`;
    return { positive, negative, positiveToken, negativeToken, description: `logit[${quoted(positiveToken)}]${subtracted} ${words}` };
  };
  const here = { ids: program.ids, position: place, behind: [] };
  if (params.token !== null) {
    const token = tokenizer.idOf(params.token) ?? onlyToken(tokenizer.encodeIds(params.token), params.token);
    if (token >= model.shape.vocabulary) throw new Error(`The model has no logit for the token ${JSON.stringify(params.token)}.`);
    return { ...here, metric: of(tokenizer.tokenText(token), null, token, null) };
  }
  if (!last && params.answers === null) {
    const run = await model.run([program.ids.slice(0, place + 1)], { signal: context.signal });
    const [{ top: [first, second] }] = await readOut(model, run.resid, [place], { topK: 2 });
    return { ...here, metric: of(tokenizer.tokenText(first.id), tokenizer.tokenText(second.id), first.id, second.id) };
  }
  const compared = pair?.metric ?? (await comparedAnswers(reading, params.answers, context));
  const { positive, negative, positiveToken, negativeToken, shared } = compared;
  if (shared.length === 0) return { ...here, metric: of(positive, negative, positiveToken, negativeToken) };
  if (!last) throw new Error(`Both answers begin with ${quoted(...shared)}, so they part behind the prompt only: ask about the last token, or about one token's logit.`);
  const words = `behind ${quoted(...shared)}, with which both answers begin`;
  const ids = [...program.ids, ...shared];
  return { ids, position: ids.length - 1, behind: shared, metric: of(positive, negative, positiveToken, negativeToken, words) };

  function onlyToken(tokens: readonly number[], given: string): number {
    if (tokens.length === 1) return tokens[0];
    throw new Error(`${JSON.stringify(given)} is ${tokens.length} tokens (${tokens.map((id) => quoted(id)).join(', ')}); give one token, with the space before it if it has one.`);
  }
}

/** The variant's tokens, and the one beside the one that is asked about; null where it has none. */
function variantOf({ program }: Reading, { position, behind }: Asked, { variant }: Pair): Pick<Asked, 'ids' | 'position'> | null {
  const ids = [...variant.program.ids, ...behind];
  if (position >= program.ids.length - 1) return { ids, position: ids.length - 1 };
  const beside = variant.alignment.columns.find(({ original }) => original === position)?.variant ?? null;
  return beside === null ? null : { ids, position: beside };
}

async function divided(
  { loaded: { model } }: Reading,
  { ids, position, metric: { positiveToken, negativeToken } }: Asked,
  { by }: Params<'components'>,
  saes: readonly LoadedSae[],
  { signal }: RunContext<'components'>,
): Promise<Divided> {
  const one: LogitMetric = [{ token: positiveToken, coefficient: 1 }];
  const metric = negativeToken === null ? one : logitDifference(positiveToken, negativeToken);
  const layers = Array.from({ length: model.shape.layers }, (_, layer) => layer);
  const neuronSite = (layer: number) => blockSite(layer, 'mlp.hook_post');
  const read: Site[] = by === 'neuron' ? layers.map(neuronSite) : saes.map(({ site }) => site);
  const { components: found, sites } = await directComponents(model, ids, position, metric, { read, signal });
  const at = (site: Site): FloatArray => sites.get(siteName(site))!;
  const whole = namedComponents(found).map(({ name, value }): Named => ({ name, value, ...kindOf(name) }));
  if (by === 'head') return { components: found, named: whole };
  if (by === 'layer') {
    const attention = attentionTerms(found);
    const inLayer = layers.map((layer): Named => ({ name: `${layer}_attn_out`, kind: 'attn_out', layer, head: null, value: attention[layer] }));
    const named = whole.flatMap((each) => {
      if (each.kind === 'mlp_out') return [inLayer[each.layer!], each];
      return each.kind === 'head' || each.kind === 'attn_bias' ? [] : [each];
    });
    return { components: found, named };
  }
  if (by === 'neuron') {
    const parts: Named[] = [];
    for (const layer of layers) {
      const { neurons, bias } = await neuronComponents(model, layer, at(neuronSite(layer)), found);
      const of = { layer, head: null };
      neurons.forEach((value, neuron) => parts.push({ name: `L${layer}N${neuron}`, kind: 'neuron', ...of, value }));
      if (bias !== null) parts.push({ name: `${layer}_mlp_bias`, kind: 'bias', ...of, value: bias });
    }
    return { components: found, named: [...whole.filter(({ kind }) => kind !== 'mlp_out'), ...parts] };
  }
  let named = whole;
  for (const sae of saes) {
    const site = siteName(sae.site);
    const layer = sae.site.kind === 'block' ? sae.site.layer : null;
    const { latents, error, bias } = await latentComponents(model, sae, at(sae.site), found);
    const of = { site, layer, head: sae.config.head };
    const parts: Named[] = [
      ...latents.map(({ latent, value }): Named => ({ name: latentName({ site, latent }), kind: 'latent', latent, ...of, value })),
      { name: `${site} error`, kind: 'error', ...of, value: error },
      { name: `${site} bias`, kind: 'bias', ...of, value: bias },
    ];
    named = [...named.filter((one) => !isOf(one, sae.site, sae.config.head)), ...parts];
  }
  return { components: found, named };
}

/** The SAEs whose sites are components, of each component one. */
function dividing(saes: readonly LoadedSae[]): LoadedSae[] {
  const outputs = new Set(saes.flatMap(({ site }) => (site.kind === 'block' && site.site === 'hook_attn_out' ? [site.layer] : [])));
  const isDivided = ({ site }: LoadedSae) => site.kind === 'block' && site.site === 'attn.hook_z' && outputs.has(site.layer);
  return saes.filter((sae) => splitsComponent(sae) && !isDivided(sae));
}

/** Whether a component is what an SAE at a site divides. */
function isOf({ kind, layer, head }: Named, site: Site, saeHead: number | null): boolean {
  if (site.kind === 'embed') return kind === 'embed';
  if (site.kind !== 'block' || site.layer !== layer) return false;
  if (site.site === 'hook_mlp_out') return kind === 'mlp_out';
  return (kind === 'head' && (saeHead === null || head === saeHead)) || (kind === 'attn_bias' && site.site === 'hook_attn_out');
}

function kindOf(name: string): Pick<Named, 'kind' | 'layer' | 'head'> {
  const [, layer, head] = /^L(\d+)H(\d+)$/.exec(name) ?? [];
  if (layer !== undefined) return { kind: 'head', layer: Number(layer), head: Number(head) };
  const [, inLayer, kind] = /^(\d+)_(attn_bias|mlp_out)$/.exec(name) ?? [];
  if (inLayer !== undefined) return { kind: kind as 'attn_bias' | 'mlp_out', layer: Number(inLayer), head: null };
  return { kind: name === 'embed' || name === 'pos_embed' ? name : 'bias', layer: null, head: null };
}

function sums({ components: found, named }: Divided) {
  return {
    difference: rounded(found.metric),
    sum: rounded(named.reduce((sum, { value }) => sum + value, 0)),
    capFactor: found.metric === found.uncapped ? null : rounded(found.metric / found.uncapped),
    heads: found.heads.map((row) => row.map(rounded)),
    mlps: found.mlps.map(rounded),
    cumulative: cumulative(found).map(rounded),
  };
}

/** Of neurons and latents those of the largest components, in either program, and the rest of each layer or site in one. */
function chosen(own: readonly Named[], other: readonly Named[] | undefined, { top }: Params<'components'>): Component[] {
  const beside = new Map((other ?? []).map((one) => [one.name, one]));
  const names = new Map([...own, ...(other ?? [])].map((one) => [one.name, one]));
  const ownValues = new Map(own.map(({ name, value }) => [name, value]));
  const all = [...names.values()].map((one): Component => ({
    ...one, value: ownValues.get(one.name) ?? 0, ...(other && { variant: beside.get(one.name)?.value ?? 0 }),
  }));
  const isMany = ({ kind }: Component) => kind === 'neuron' || kind === 'latent';
  const size = ({ value, variant = 0 }: Component) => Math.max(Math.abs(value), Math.abs(variant));
  const kept = new Set(all.filter(isMany).sort((a, b) => size(b) - size(a)).slice(0, top));
  const rest = new Map<string, Component>();
  for (const one of all.filter((each) => isMany(each) && !kept.has(each))) {
    const { layer, site, value, variant } = one;
    const name = site ? `${site} rest` : `${layer}_mlp_rest`;
    const none: Component = { name, kind: 'rest', layer, head: null, ...(site && { site }), value: 0, ...(variant !== undefined && { variant: 0 }) };
    const before = rest.get(name) ?? none;
    rest.set(name, { ...before, value: before.value + value, ...(variant !== undefined && { variant: before.variant! + variant }) });
  }
  return [...all.filter((one) => !isMany(one) || kept.has(one)), ...rest.values()].map((one) => ({
    ...one, value: rounded(one.value), ...(one.variant !== undefined && { variant: rounded(one.variant) }),
  }));
}

/** The heads whose tokens are told apart. @throws a sentence for one that is not there */
function headsOf({ head: given }: Params<'components'>, { heads }: Components): { layer: number; head: number }[] {
  const all = heads.flatMap((row, layer) => row.map((value, head) => ({ layer, head, value })));
  const plain = ({ layer, head }: { layer: number; head: number }) => ({ layer, head });
  if (given === 'none') return [];
  if (given === 'all') return all.map(plain);
  if (given === 'most') return [plain(all.reduce((best, one) => (Math.abs(one.value) > Math.abs(best.value) ? one : best)))];
  const { layer, head } = parseHead(given)!;
  if (heads[layer]?.[head] !== undefined) return [{ layer, head }];
  throw new Error(`There is no head ${given}; the model has the layers 0 to ${heads.length - 1} with the heads 0 to ${heads[0].length - 1}.`);
}

/** What the latents that are listed stand for. */
async function describe({ session }: Reading, listed: Component[]): Promise<void> {
  const latents = listed.filter(({ kind }) => kind === 'latent');
  if (latents.length === 0) return;
  const described = await (await session.book()).describe(latents.map(({ site, latent }) => ({ site: site!, latent: latent! })));
  latents.forEach((one, i) => (one.description = described[i].description?.text ?? null));
}
